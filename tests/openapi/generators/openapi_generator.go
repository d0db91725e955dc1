// Makes every call by the client that openapi-generator wrote, and prints what its types have read: CALLS URL.
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
	Query    map[string]json.RawMessage
	Body     json.RawMessage
}

func main() {
	var calls []call
	text, err := os.ReadFile(os.Args[1])
	check(err)
	check(json.Unmarshal(text, &calls))
	config := api.NewConfiguration()
	config.Servers = api.ServerConfigurations{{URL: os.Args[2]}}
	client := api.NewAPIClient(config)
	for _, one := range calls {
		reply, err := one.make(client)
		if err != nil {
			print(map[string]any{"id": one.ID, "error": err.Error()})
			continue
		}
		print(map[string]any{"id": one.ID, "reply": reply})
	}
}

func (c call) make(client *api.APIClient) (any, error) {
	arguments := []reflect.Value{reflect.ValueOf(context.Background())}
	for _, step := range c.Path {
		arguments = append(arguments, reflect.ValueOf(step))
	}
	request := method(client, upper(c.Name)).Call(arguments)[0]
	for name, value := range c.Query {
		var err error
		if request, err = set(request, upper(name), value); err != nil {
			return nil, err
		}
	}
	if string(c.Body) != "null" {
		var err error
		if request, err = set(request, upper(c.Name)+"Request", c.Body); err != nil {
			return nil, err
		}
	}
	results := request.MethodByName("Execute").Call(nil)
	if err, failed := results[2].Interface().(error); failed {
		return nil, err
	}
	return seen(results[0]), nil
}

// method of one of the services that the client has.
func method(client *api.APIClient, name string) reflect.Value {
	services := reflect.ValueOf(client).Elem()
	for index := 0; index < services.NumField(); index++ {
		if service := services.Field(index); service.Kind() == reflect.Pointer && services.Type().Field(index).IsExported() {
			if found := service.MethodByName(name); found.IsValid() {
				return found
			}
		}
	}
	panic("there is no call " + name)
}

// set reads a value as the type of a parameter, and gives it to the request.
func set(request reflect.Value, name string, value json.RawMessage) (reflect.Value, error) {
	setter := request.MethodByName(name)
	parameter := reflect.New(setter.Type().In(0))
	if err := json.Unmarshal(value, parameter.Interface()); err != nil {
		return request, fmt.Errorf("the request: %w", err)
	}
	return setter.Call([]reflect.Value{parameter.Elem()})[0], nil
}

// seen is what a value of the generated types holds.
func seen(value reflect.Value) any {
	switch value.Kind() {
	case reflect.Pointer, reflect.Interface:
		if value.IsNil() {
			return nil
		}
		return seen(value.Elem())
	case reflect.Slice:
		list := []any{}
		for index := 0; index < value.Len(); index++ {
			list = append(list, seen(value.Index(index)))
		}
		return list
	case reflect.Map:
		fields := map[string]any{}
		for _, key := range value.MapKeys() {
			fields[key.String()] = seen(value.MapIndex(key))
		}
		return fields
	case reflect.Struct:
		return object(value)
	default:
		return value.Interface()
	}
}

// object is a struct: one of fields, one that may be null, or one of several forms.
func object(value reflect.Value) any {
	if get := value.MethodByName("Get"); get.IsValid() {
		return seen(get.Call(nil)[0])
	}
	fields := map[string]any{}
	for index := 0; index < value.NumField(); index++ {
		field := value.Type().Field(index)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch inner := seen(value.Field(index)); {
		case field.Name == "AdditionalProperties":
			more, _ := inner.(map[string]any)
			for name, one := range more {
				fields[name] = one
			}
		case name != "":
			fields[name] = inner
		case inner != nil:
			return inner
		}
	}
	if len(fields) == 0 {
		return nil
	}
	return fields
}

func upper(name string) string {
	return strings.ToUpper(name[:1]) + name[1:]
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
