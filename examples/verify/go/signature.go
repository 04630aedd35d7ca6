package hooks

import (
	"bytes"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"hash"
	"net/url"
	"sort"
	"strings"
)

// Place is where something stands in a request: a path in the body, or a header or parameter.
type Place struct {
	In, Field, Pair, Separator, Unit string
	Path                             []string
	Values                           []any
	Tolerance                        float64
}

// Form is one documented form of a signature.
type Form struct {
	Place                            Place
	Prefix, Several, Hash, Separator string
	Secret                           struct{ Encoding, Prefix string }
	Hmac, Sorted                     bool
	Pieces                           []struct {
		Kind, Text string
		Place      Place
	}
	Encodings []string
	Token     *struct{ Claim, Hash, Encoding string }
	Beside    []Form
}

// request is one as it came; payload is what was read from its body.
type request struct {
	method, url string
	headers     [][2]string
	body        []byte
	payload     map[string]any
}

// texts gives all texts at a place beside the body.
func (r request) texts(place Place) (found []string) {
	if place.In == "query" {
		whole, _, _ := strings.Cut(r.url, "#")
		_, query, _ := strings.Cut(whole, "?")
		for _, pair := range strings.Split(query, "&") {
			name, value, _ := strings.Cut(pair, "=")
			if unquoted(name) == place.Field {
				found = append(found, unquoted(value))
			}
		}
	}
	for _, header := range r.headers {
		if place.In == "header" && strings.EqualFold(header[0], place.Field) {
			found = append(found, header[1])
		}
	}
	if place.Pair == "" {
		return found
	}
	pairs := strings.Split(strings.Join(found, place.Separator), place.Separator)
	found = nil
	for _, pair := range pairs {
		name, value, isPair := strings.Cut(strings.TrimSpace(pair), "=")
		if isPair && name == place.Pair {
			found = append(found, value)
		}
	}
	return found
}

func unquoted(text string) string {
	if decoded, err := url.PathUnescape(text); err == nil {
		return decoded
	}
	return text
}

// at gives what stands at a place, and whether anything does.
func (r request) at(place Place) (any, bool) {
	if place.In != "body" {
		texts := r.texts(place)
		if len(texts) == 0 {
			return nil, false
		}
		return texts[0], true
	}
	var value any = r.payload
	isThere := true
	for _, name := range place.Path {
		fields, _ := value.(map[string]any)
		value, isThere = fields[name]
	}
	return value, isThere
}

// verdict says of a signature that it is valid, wrong, unreadable or missing. Of signatures that
// are sent side by side none that is there may be wrong.
func (f Form) verdict(secret string, r request) string {
	verdict := "missing"
	for _, form := range append([]Form{f}, f.Beside...) {
		switch found := form.alone(secret, r); found {
		case "missing":
		case "valid":
			verdict = found
		default:
			return found
		}
	}
	return verdict
}

func (f Form) alone(secret string, r request) string {
	given, isThere := r.at(f.Place)
	text, isText := given.(string)
	if !isThere {
		return "missing"
	}
	if !isText || text == "" {
		return "unreadable"
	}
	if f.Token != nil {
		return f.tokenVerdict(secret, text, r.body)
	}
	pieces := [][]byte{}
	for at := range f.Pieces {
		piece, isSignable := f.piece(at, secret, r)
		if !isSignable {
			return "unreadable"
		}
		pieces = append(pieces, piece)
	}
	if f.Sorted {
		sort.Slice(pieces, func(a, b int) bool { return bytes.Compare(pieces[a], pieces[b]) < 0 })
	}
	digest := f.digest(secret, bytes.Join(pieces, []byte(f.Separator)))
	texts := []string{text}
	if f.Place.Pair != "" {
		texts = r.texts(f.Place)
	} else if f.Several != "" {
		texts = strings.Split(text, f.Several)
	}
	for _, one := range texts {
		for _, encoding := range f.Encodings {
			if hmac.Equal([]byte(one), []byte(f.Prefix+written(digest, encoding))) {
				return "valid"
			}
		}
	}
	return "wrong"
}

// piece gives the bytes of a piece; a value has to be a text or an integer.
func (f Form) piece(at int, secret string, r request) ([]byte, bool) {
	switch piece := f.Pieces[at]; piece.Kind {
	case "body":
		return r.body, true
	case "secret":
		return f.key(secret), true
	case "method":
		return []byte(r.method), true
	case "url":
		return []byte(r.url), true
	case "form":
		values, _ := url.ParseQuery(string(r.body))
		joined := []string{}
		for name, texts := range values {
			sort.Strings(texts)
			joined = append(joined, name+"\x00"+strings.Join(texts, name))
		}
		sort.Strings(joined)
		return []byte(strings.ReplaceAll(strings.Join(joined, ""), "\x00", "")), true
	case "value":
		value, _ := r.at(piece.Place)
		number, isNumber := value.(json.Number)
		text, isText := value.(string)
		isInteger := isNumber && !strings.ContainsAny(number.String(), ".eE")
		return []byte(text + number.String()), isText || isInteger
	default:
		return []byte(piece.Text), true
	}
}

func (f Form) key(secret string) []byte {
	bare := strings.TrimPrefix(secret, f.Secret.Prefix)
	decoded, err := []byte(bare), error(nil)
	switch f.Secret.Encoding {
	case "base64":
		decoded, err = base64.StdEncoding.DecodeString(bare)
	case "hex":
		decoded, err = hex.DecodeString(bare)
	}
	if err != nil {
		return []byte(bare)
	}
	return decoded
}

var hashes = map[string]func() hash.Hash{
	"md5": md5.New, "sha1": sha1.New, "sha256": sha256.New, "sha512": sha512.New,
}

func (f Form) digest(secret string, message []byte) []byte {
	made := hashes[f.Hash]()
	if f.Hmac {
		made = hmac.New(hashes[f.Hash], f.key(secret))
	}
	made.Write(message)
	return made.Sum(nil)
}

func written(digest []byte, encoding string) string {
	switch encoding {
	case "hex":
		return hex.EncodeToString(digest)
	case "base64url":
		return base64.RawURLEncoding.EncodeToString(digest)
	case "percent-base64":
		return url.QueryEscape(base64.StdEncoding.EncodeToString(digest))
	}
	return base64.StdEncoding.EncodeToString(digest)
}

// tokenVerdict: a JSON Web Token is right where its end is, and its claim of the body's digest.
func (f Form) tokenVerdict(secret, token string, body []byte) string {
	parts := strings.Split(token, ".")
	if len(parts) != 3 || len(opened(parts[1])) == 0 {
		return "unreadable"
	}
	if opened(parts[0])["alg"] != "HS"+f.Hash[3:] {
		return "unreadable"
	}
	right := written(f.digest(secret, []byte(parts[0]+"."+parts[1])), "base64url")
	made := hashes[f.Token.Hash]()
	made.Write(body)
	held := written(made.Sum(nil), f.Token.Encoding)
	if hmac.Equal([]byte(parts[2]), []byte(right)) && opened(parts[1])[f.Token.Claim] == held {
		return "valid"
	}
	return "wrong"
}

func opened(part string) (fields map[string]any) {
	text, _ := base64.RawURLEncoding.DecodeString(strings.TrimRight(part, "="))
	_ = json.Unmarshal(text, &fields)
	return fields
}
