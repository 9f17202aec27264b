package redisstore

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// secret: string. A random secret of the office, created once (see Signer).
func (k keys) secret() string { return k.of("secret") }

// scriptSecret stores the given secret unless there is one.
//
//	KEYS  secret
//	ARGV  a new secret
//	gives {"kept", the secret that is stored}
var scriptSecret = newScript(`
redis.call("SET", KEYS[1], take(), "NX")
return {"kept", redis.call("GET", KEYS[1])}
`)

// signed is how many bytes of a signature are used: 80 bits, too many to be guessed by
// sending mails.
const signed = 10

// Signer returns a function that signs a text with 20 hexadecimal digits (truncated
// HMAC-SHA-256). The signature is the same in all processes of the office, across restarts
// and in copies of its data, and nobody else can compute it. The secret is created on first
// use, and used only after a replica, if there is one, has it.
func (s *Store) Signer(ctx context.Context) (func(text string) string, error) {
	secret, err := s.ownSecret(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the secret of the office: %w", err)
	}
	return func(text string) string {
		sum := hmac.New(sha256.New, []byte(secret))
		sum.Write([]byte(text))
		return hex.EncodeToString(sum.Sum(nil)[:signed])
	}, nil
}

func (s *Store) ownSecret(ctx context.Context) (string, error) {
	node, err := s.node(ctx)
	if err != nil {
		return "", err
	}
	conn := node.Conn()
	defer conn.Close()
	var args arguments
	args.add(rand.Text())
	reply, err := run(ctx, conn, scriptSecret, []string{s.keys.secret()}, args)
	if err != nil {
		return "", err
	}
	return reply[1], s.confirm(ctx, node, conn)
}
