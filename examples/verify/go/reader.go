package hooks

import (
	"bytes"
	"encoding/json"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Rules is what rules.json holds.
type Rules struct {
	Signatures [][]Form
	Callbacks  []Rule
}

// Rule is what is known of one callback.
type Rule struct {
	Callback, Area    string
	Named, Dedupe     []Place
	Signature         int
	Moment            *Place
	Nested            [][]string
	Numbers, Booleans []string
}

// Event is a callback whose sender is proved. Numbers in it are json.Number.
// The same event has the same DedupeKey each time that it is sent; "" where none is known.
type Event struct {
	Callback, DedupeKey string
	Payload             map[string]any
	Raw                 []byte
}

// Rejected is why a request must not be acted on. Kind: invalid-signature (answer 401) or
// malformed (400); Reason: a word for your log.
type Rejected struct{ Kind, Reason string }

func (r *Rejected) Error() string { return r.Kind + ": " + r.Reason }

// Reader reads the callbacks of some areas. Make one, and give it each request.
type Reader struct {
	Rules          Rules
	Areas, Secrets []string
	AcceptUnsigned bool
	Now            func() time.Time
}

// Receive gives the event in a request, or a *Rejected. The body are its raw bytes.
func (r *Reader) Receive(method, url string, headers [][2]string, body []byte) (*Event, error) {
	value, isForm, err := readBody(headers, body)
	if err != nil {
		return nil, &Rejected{"malformed", err.Error()}
	}
	payload, isObject := value.(map[string]any)
	if !isObject {
		return nil, &Rejected{"malformed", "no-object"}
	}
	came := request{method, url, headers, body, payload}
	found := []Rule{}
	for _, rule := range r.known() {
		if rule.isNamedIn(came) {
			found = append(found, rule)
		}
	}
	rule := r.first(found, "valid", came)
	if rule == nil && r.AcceptUnsigned {
		rule = r.first(found, "unsigned", came)
	}
	if rule == nil {
		return r.unknown(found, came)
	}
	if rule.isStale(came, r.Now) {
		return nil, &Rejected{"invalid-signature", "stale"}
	}
	for name := range payload {
		if isForm {
			payload[name] = rule.typed(name, payload[name].(string))
		}
	}
	key := rule.key(came)
	for _, path := range rule.Nested {
		openText(payload, path)
	}
	return &Event{rule.Callback, key, payload, body}, nil
}

func (r *Reader) known() (rules []Rule) {
	for _, rule := range r.Rules.Callbacks {
		if contains(r.Areas, rule.Area) {
			rules = append(rules, rule)
		}
	}
	return rules
}

func (r *Reader) first(rules []Rule, proof string, came request) *Rule {
	for at := range rules {
		if r.proof(rules[at], came) == proof {
			return &rules[at]
		}
	}
	return nil
}

func (r *Reader) proof(rule Rule, came request) string {
	forms := r.Rules.Signatures[rule.Signature]
	if len(forms) == 0 {
		return "unsigned"
	}
	found := []string{}
	for _, form := range forms {
		for _, secret := range r.Secrets {
			found = append(found, form.verdict(secret, came))
		}
	}
	for _, one := range []string{"valid", "wrong", "unreadable", "missing"} {
		if contains(found, one) {
			return one
		}
	}
	return "wrong"
}

// unknown gives the event of a name that the rules do not have, of a sender who is proved.
func (r *Reader) unknown(found []Rule, came request) (*Event, error) {
	if len(found) > 0 {
		return nil, &Rejected{"invalid-signature", r.proof(found[0], came)}
	}
	isProved, isUnsigned := false, r.AcceptUnsigned
	for _, rule := range r.known() {
		proof := r.proof(rule, came)
		isProved = isProved || proof == "valid"
		isUnsigned = isUnsigned && proof == "unsigned"
	}
	if !isProved && !isUnsigned {
		return nil, &Rejected{"invalid-signature", "wrong"}
	}
	return &Event{"", "", came.payload, came.body}, nil
}

func (rule Rule) isNamedIn(came request) bool {
	for _, place := range rule.Named {
		value, _ := came.at(place)
		if number, isNumber := value.(json.Number); isNumber {
			value, _ = number.Float64() // as in the rules
		}
		isNamed := len(place.Values) == 0 && value != nil
		for _, one := range place.Values {
			isNamed = isNamed || one == value
		}
		if !isNamed {
			return false
		}
	}
	return true
}

var moment, number = regexp.MustCompile(`^[0-9]{1,16}$`), regexp.MustCompile(`^-?(0|[1-9][0-9]{0,99})$`)

func (rule Rule) isStale(came request, now func() time.Time) bool {
	if rule.Moment == nil {
		return false
	}
	value, _ := came.at(*rule.Moment)
	text, _ := value.(string)
	if count, isNumber := value.(json.Number); isNumber {
		text = count.String()
	}
	if !moment.MatchString(text) {
		return false
	}
	seconds, _ := strconv.ParseFloat(text, 64)
	if rule.Moment.Unit == "milliseconds" {
		seconds /= 1000
	}
	return math.Abs(seconds-float64(now().UnixMilli())/1000) > rule.Moment.Tolerance
}

// typed gives a field of a form as what the page documents.
func (rule Rule) typed(name, text string) any {
	if contains(rule.Numbers, name) && number.MatchString(text) {
		return json.Number(text)
	}
	if contains(rule.Booleans, name) && (text == "true" || text == "false") {
		return text == "true"
	}
	return text
}

func (rule Rule) key(came request) string {
	parts, isKnown := []any{rule.Callback}, false
	for _, place := range rule.Dedupe {
		value, _ := came.at(place)
		parts = append(parts, value)
		isKnown = isKnown || value != nil
	}
	if !isKnown {
		return ""
	}
	written := &bytes.Buffer{}
	encoder := json.NewEncoder(written)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(parts)
	return asOthersWrite.Replace(strings.TrimSpace(written.String()))
}

var asOthersWrite = strings.NewReplacer(`\\`, `\\`, `\u2028`, "\u2028", `\u2029`, "\u2029",
	`\u0008`, `\b`, `\u000c`, `\f`)

// openText puts what a text holds as JSON in its place; what is none is left.
func openText(fields map[string]any, path []string) {
	for len(path) > 1 {
		fields, _ = fields[path[0]].(map[string]any)
		path = path[1:]
	}
	if text, isText := fields[path[0]].(string); isText {
		if value, err := readJSON(text); err == nil {
			fields[path[0]] = value
		}
	}
}

func contains(list []string, wanted string) bool {
	for _, one := range list {
		if one == wanted {
			return true
		}
	}
	return false
}
