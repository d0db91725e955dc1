// Makes every call by the client that oapi-codegen wrote, and prints what its types have read: CALLS URL.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"

	api "generated/client"
)

type call struct {
	ID, Name string
	Path     []string
	Query    json.RawMessage
	Body     json.RawMessage
}

func main() {
	var calls []call
	text, err := os.ReadFile(os.Args[1])
	check(err)
	check(json.Unmarshal(text, &calls))
	client, err := api.NewClientWithResponses(os.Args[2])
	check(err)
	for _, one := range calls {
		reply, err := one.make(client)
		if err != nil {
			print(map[string]any{"id": one.ID, "error": err.Error()})
			continue
		}
		print(map[string]any{"id": one.ID, "reply": reply})
	}
}

func (c call) make(client *api.ClientWithResponses) (any, error) {
	method := reflect.ValueOf(client).MethodByName(strings.ToUpper(c.Name[:1]) + c.Name[1:] + "WithResponse")
	arguments := []reflect.Value{reflect.ValueOf(context.Background())}
	for index := 1; index < method.Type().NumIn()-1; index++ {
		switch kind := method.Type().In(index); kind.Kind() {
		case reflect.String:
			arguments = append(arguments, reflect.ValueOf(c.Path[0]))
		case reflect.Pointer:
			parameters := reflect.New(kind.Elem())
			if err := json.Unmarshal(c.Query, parameters.Interface()); err != nil {
				return nil, fmt.Errorf("the query: %w", err)
			}
			arguments = append(arguments, parameters)
		default:
			body := reflect.New(kind)
			if err := json.Unmarshal(c.Body, body.Interface()); err != nil {
				return nil, fmt.Errorf("the body: %w", err)
			}
			arguments = append(arguments, body.Elem())
		}
	}
	results := method.Call(arguments)
	if err, failed := results[1].Interface().(error); failed {
		return nil, err
	}
	reply := results[0].Elem().FieldByName("JSON200")
	if reply.IsNil() {
		return nil, fmt.Errorf("no reply")
	}
	return reply.Interface(), nil
}

func print(line any) {
	text, err := json.Marshal(line)
	check(err)
	fmt.Println(string(text))
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
