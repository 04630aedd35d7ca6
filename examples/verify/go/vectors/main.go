// Holds the reader to a pack of vectors: go run ./vectors PACK
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"

	"hooks"
)

type outcome struct {
	Accepted     bool
	Callback     string
	Dedupe_key   string
	Values       map[string][2]string
	Kind, Reason string
}

type vector struct {
	Name, Method, Url string
	Accept_unsigned   bool
	Headers           [][2]string
	Body              []byte
	Expect            outcome
}

var digits, names = regexp.MustCompile(`^-?[0-9]+$`), strings.NewReplacer("~", "~0", "/", "~1")

func leaves(value any, path string, into map[string][2]string) {
	switch one := value.(type) {
	case map[string]any:
		for name, inner := range one {
			leaves(inner, path+"/"+names.Replace(name), into)
		}
		if len(one) == 0 {
			into[path] = [2]string{"empty", "{}"}
		}
	case []any:
		for at, inner := range one {
			leaves(inner, path+"/"+strconv.Itoa(at), into)
		}
		if len(one) == 0 {
			into[path] = [2]string{"empty", "[]"}
		}
	case string:
		into[path] = [2]string{"text", one}
	case json.Number:
		into[path] = [2]string{"number", one.String()}
	case bool:
		into[path] = [2]string{"word", strconv.FormatBool(one)}
	default:
		into[path] = [2]string{"word", "null"}
	}
}

// normal has digits as texts, other numbers as doubles.
func normal(values map[string][2]string) map[string][2]string {
	for at, leaf := range values {
		if leaf[0] == "number" && !digits.MatchString(leaf[1]) {
			double, _ := strconv.ParseFloat(leaf[1], 64)
			values[at] = [2]string{"number", strconv.FormatFloat(double, 'g', -1, 64)}
		}
	}
	return values
}

func judged(reader hooks.Reader, one vector) outcome {
	event, err := reader.Receive(one.Method, one.Url, one.Headers, one.Body)
	if err != nil {
		rejected := err.(*hooks.Rejected)
		return outcome{Kind: rejected.Kind, Reason: rejected.Reason}
	}
	values := map[string][2]string{}
	leaves(event.Payload, "", values)
	return outcome{true, event.Callback, event.DedupeKey, normal(values), "", ""}
}

func read(pack, name string, into any) {
	text, err := os.ReadFile(filepath.Join(pack, name))
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		panic(err)
	}
}

func main() {
	var index struct {
		Moment int64
		Rules  string
		Areas  []struct{ File string }
	}
	var rules hooks.Rules
	read(os.Args[1], "index.json", &index)
	read(os.Args[1], index.Rules, &rules)
	now := func() time.Time { return time.Unix(index.Moment, 0) }
	count, wrong := 0, 0
	for _, listed := range index.Areas {
		var file struct {
			Area    string
			Secrets []string
			Vectors []vector
		}
		read(os.Args[1], listed.File, &file)
		for _, one := range file.Vectors {
			reader := hooks.Reader{rules, []string{file.Area}, file.Secrets, one.Accept_unsigned, now}
			got := judged(reader, one)
			one.Expect.Values = normal(one.Expect.Values)
			count++
			if !reflect.DeepEqual(got, one.Expect) {
				wrong++
				fmt.Printf("WRONG %s %.300v\n", one.Name, got)
			}
		}
	}
	fmt.Printf("%d vectors, %d wrong\n", count, wrong)
	if wrong > 0 {
		os.Exit(1)
	}
}
