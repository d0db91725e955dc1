// Sends a signed request, and prints the reply: URL SECRET BODY.
package main

import (
	"io"
	"net/http"
	"os"
	"strings"

	"proof/signing"
)

func main() {
	url, secret, body := os.Args[1], os.Args[2], os.Args[3]
	client := http.Client{Transport: signing.Transport{
		AccessKey: "sandbox-key", AccessSecret: secret, UserID: "sandbox-user", Next: http.DefaultTransport}}
	answer, err := client.Post(url, "application/json", strings.NewReader(body))
	if err != nil {
		panic(err)
	}
	if _, err = io.Copy(os.Stdout, answer.Body); err != nil {
		panic(err)
	}
}
