package redisstore

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// secret: string. What an office alone knows; made once (see Signer).
func (k keys) secret() string { return k.of("secret") }

// scriptSecret keeps what it is given where nothing is kept yet.
//
//	KEYS  secret
//	ARGV  a new one
//	gives {"kept", the one that is kept}
var scriptSecret = newScript(`
redis.call("SET", KEYS[1], take(), "NX")
return {"kept", redis.call("GET", KEYS[1])}
`)

// signed is how many bytes of a signature are used: eighty bits, which nobody guesses
// by writing mails.
const signed = 10

// Signer returns what makes of a text twenty letters and digits that only this office
// can make of it, the same in all its processes, over restarts and in copies of its
// data (HMAC with SHA-256). The secret behind it is made when it is first asked for,
// and used only when a replica, where there is one, has it.
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
