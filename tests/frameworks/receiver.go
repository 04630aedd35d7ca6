// Go's net/http and nothing else.
package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"sort"
	"strings"
)

const mostBytes = 1 << 20

// The JSON object in a body; numbers stay as they are written.
func read(body []byte) (map[string]any, bool) {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var fields map[string]any
	if decoder.Decode(&fields) != nil || fields == nil {
		return nil, false
	}
	_, err := decoder.Token()
	return fields, err == io.EOF
}

func text(value any) (string, bool) {
	switch one := value.(type) {
	case string:
		return one, true
	case json.Number:
		return one.String(), true
	}
	return "", false
}

// SHA-1 over secret, timestamp and nonce, sorted as strings; it stands in the body.
func zego(body []byte, _ http.Header) (int, string) {
	fields, ok := read(body)
	if !ok {
		return 400, "no JSON object"
	}
	signature, signed := fields["signature"].(string)
	timestamp, hasTimestamp := text(fields["timestamp"])
	nonce, hasNonce := text(fields["nonce"])
	if !signed || !hasTimestamp || !hasNonce {
		return 401, "not signed"
	}
	parts := []string{os.Getenv("ZEGO_SECRET"), timestamp, nonce}
	sort.Strings(parts)
	digest := sha1.Sum([]byte(strings.Join(parts, "")))
	if !hmac.Equal([]byte(signature), []byte(hex.EncodeToString(digest[:]))) {
		return 401, "wrong signature"
	}
	// The one event whose answer is read.
	if fields["event"] == "before_send_msg" {
		return 200, `{"result":0}`
	}
	return 200, "1"
}

// HMAC-SHA-256 over the body as it came, as Base64; it stands in the header Sign.
func trtc(body []byte, header http.Header) (int, string) {
	expected := base64.StdEncoding.EncodeToString(keyed("TRTC_SECRET", body))
	return signed(body, header.Get("Sign"), expected)
}

// HMAC-SHA-256 over the body as it came, as hex; it stands in Agora-Signature-V2.
func agora(body []byte, header http.Header) (int, string) {
	expected := hex.EncodeToString(keyed("AGORA_SECRET", body))
	return signed(body, header.Get("Agora-Signature-V2"), expected)
}

func keyed(secret string, body []byte) []byte {
	keyed := hmac.New(sha256.New, []byte(os.Getenv(secret)))
	keyed.Write(body)
	return keyed.Sum(nil)
}

func signed(body []byte, given string, expected string) (int, string) {
	if !hmac.Equal([]byte(given), []byte(expected)) {
		return 401, "wrong signature"
	}
	if _, ok := read(body); !ok {
		return 400, "no JSON object"
	}
	return 200, `{"code":0}`
}

func on(check func([]byte, http.Header) (int, string)) http.HandlerFunc {
	return func(writer http.ResponseWriter, request *http.Request) {
		if request.Method != http.MethodPost {
			http.Error(writer, "POST only", http.StatusMethodNotAllowed)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(writer, request.Body, mostBytes))
		if err != nil {
			http.Error(writer, "too large", http.StatusRequestEntityTooLarge)
			return
		}
		status, answer := check(body, request.Header)
		writer.WriteHeader(status)
		fmt.Fprint(writer, answer)
	}
}

func main() {
	http.HandleFunc("/zego", on(zego))
	http.HandleFunc("/trtc", on(trtc))
	http.HandleFunc("/agora", on(agora))
	panic(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil))
}
