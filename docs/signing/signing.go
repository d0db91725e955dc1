// Package signing signs every request of an http.Client.
package signing

import (
	"crypto/md5"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// Transport adds the five headers and sends by Next: &http.Client{Transport: signing.Transport{...}}.
type Transport struct {
	AccessKey, AccessSecret, UserID string
	Next                            http.RoundTripper
}

// RoundTrip signs a copy of the request.
func (t Transport) RoundTrip(request *http.Request) (*http.Response, error) {
	random := make([]byte, 16)
	if _, err := rand.Read(random); err != nil {
		return nil, err
	}
	nonce, timestamp := hex.EncodeToString(random), strconv.FormatInt(time.Now().Unix(), 10)
	signature := fmt.Sprintf("%X", md5.Sum([]byte(t.AccessKey+timestamp+nonce+t.AccessSecret)))
	signed := request.Clone(request.Context())
	for name, value := range map[string]string{"access-key": t.AccessKey, "timestamp": timestamp,
		"nonce-str": nonce, "user-id": t.UserID, "signature": signature} {
		signed.Header.Set(name, value)
	}
	return t.Next.RoundTrip(signed)
}
