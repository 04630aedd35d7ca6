// Package hooks verifies and reads callbacks by rules.json, with the standard library alone.
package hooks

import (
	"encoding/json"
	"errors"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	mostBytes  = 16 * 1024 * 1024
	mostDepth  = 128
	mostDigits = 4300
)

var (
	errTooLarge = errors.New("too-large")
	errNoJSON   = errors.New("unreadable")
	formStart   = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.\-\[\]%]*=`)
	scalar      = regexp.MustCompile(`^(?:-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?|true|false|null)`)
	quoted      = regexp.MustCompile(`^"(?:[^"\\]|\\.)*"`)
	escape      = regexp.MustCompile(`\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|u[dD][89a-fA-F]..|.)`)
)

// readBody gives what a body holds, and whether it is a form.
func readBody(headers [][2]string, raw []byte) (any, bool, error) {
	if len(raw) > mostBytes {
		return nil, false, errTooLarge
	}
	text, kind := string(raw), ""
	if !utf8.Valid(raw) {
		return nil, false, errNoJSON
	}
	for at := len(headers) - 1; at >= 0; at-- {
		if strings.EqualFold(headers[at][0], "content-type") {
			kind = strings.ToLower(headers[at][1])
		}
	}
	start := strings.TrimLeft(text, " \t\r\n")
	switch {
	case strings.HasPrefix(start, "{"), strings.HasPrefix(start, "["):
	case strings.Contains(kind, "x-www-form-urlencoded"):
		return readForm(text)
	case len(start) > 2 && strings.EqualFold(start[:3], "%7b"):
		decoded, err := percentDecoded(strings.TrimSpace(text))
		if err != nil {
			return nil, false, err
		}
		text = decoded
	case formStart.MatchString(start):
		return readForm(text)
	}
	value, err := readJSON(text)
	return value, false, err
}

func readForm(text string) (any, bool, error) {
	fields := map[string]any{}
	for _, pair := range strings.Split(strings.TrimRight(text, "\r\n"), "&") {
		left, right, _ := strings.Cut(pair, "=")
		name, err := percentDecoded(left)
		value, err2 := percentDecoded(right)
		_, isTwice := fields[name]
		encodedTwice := strings.HasPrefix(strings.ToLower(strings.TrimSpace(value)), "%7b")
		if err != nil || err2 != nil || isTwice || encodedTwice {
			return nil, true, errNoJSON
		}
		if pair != "" {
			fields[name] = value
		}
	}
	return fields, true, nil
}

func percentDecoded(text string) (string, error) {
	decoded, err := url.QueryUnescape(text)
	if err != nil || !utf8.ValidString(decoded) {
		return "", errNoJSON
	}
	return decoded, nil
}

// readJSON reads strictly what encoding/json reads leniently: no key twice, no half a character.
// Numbers are json.Number, so that none loses a digit.
func readJSON(text string) (any, error) {
	reader := &jsonReader{text: text}
	value := reader.value(0)
	reader.blanks()
	if reader.failed || reader.text != "" {
		return nil, errNoJSON
	}
	return value, nil
}

// text is what is still to be read; nothing is once it has failed.
type jsonReader struct {
	text   string
	failed bool
}

func (r *jsonReader) fail() any { r.text, r.failed = "", true; return nil }
func (r *jsonReader) blanks()   { r.text = strings.TrimLeft(r.text, " \t\r\n") }

func (r *jsonReader) take(mark string) bool {
	r.blanks()
	found := strings.HasPrefix(r.text, mark)
	if found {
		r.text = r.text[len(mark):]
	}
	return found
}

func (r *jsonReader) value(depth int) any {
	r.blanks()
	if strings.HasPrefix(r.text, `"`) {
		return r.str()
	}
	isObject := r.take("{")
	if isObject || r.take("[") {
		if depth >= mostDepth {
			return r.fail()
		}
		if isObject {
			return r.object(depth + 1)
		}
		return r.array(depth + 1)
	}
	found := scalar.FindStringSubmatch(r.text)
	if found == nil {
		return r.fail()
	}
	r.text = r.text[len(found[0]):]
	switch word := found[0]; {
	case word == "null":
		return nil
	case word == "true" || word == "false":
		return word == "true"
	case found[1] == "" && found[2] == "" && len(strings.TrimPrefix(word, "-")) > mostDigits:
		return r.fail()
	default:
		if _, err := strconv.ParseFloat(word, 64); err != nil && found[1]+found[2] != "" {
			return r.fail()
		}
		return json.Number(word)
	}
}

func (r *jsonReader) str() (value string) {
	found := quoted.FindString(r.text)
	r.text = r.text[len(found):]
	for _, one := range escape.FindAllString(found, -1) {
		if len(one) == 6 {
			r.fail() // half a character
		}
	}
	if json.Unmarshal([]byte(found), &value) != nil {
		r.fail()
	}
	return value
}

func (r *jsonReader) object(depth int) any {
	fields := map[string]any{}
	for more := !r.take("}"); more; {
		r.blanks()
		name := r.str()
		_, isTwice := fields[name]
		if r.failed || isTwice || !r.take(":") {
			return r.fail()
		}
		fields[name] = r.value(depth)
		more = r.take(",")
		if !more && !r.take("}") {
			return r.fail()
		}
	}
	return fields
}

func (r *jsonReader) array(depth int) any {
	items := []any{}
	for more := !r.take("]"); more; {
		items = append(items, r.value(depth))
		more = r.take(",")
		if !more && !r.take("]") {
			return r.fail()
		}
	}
	return items
}
