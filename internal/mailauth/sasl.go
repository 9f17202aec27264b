package mailauth

import (
	"errors"

	"github.com/emersion/go-sasl"
)

const xoauth2Mechanism = "XOAUTH2"

// xoauth2 is the client of the XOAUTH2 mechanism, which Google and Microsoft
// describe in their documentation of IMAP and SMTP; no RFC does.
type xoauth2 struct{ user, token string }

func (x *xoauth2) Start() (string, []byte, error) {
	return xoauth2Mechanism, []byte("user=" + x.user + "\x01auth=Bearer " + x.token + "\x01\x01"), nil
}

// Next answers the challenge by which the server announces a failure: the
// empty response makes it end the exchange with its proper refusal.
func (x *xoauth2) Next([]byte) ([]byte, error) { return []byte{}, nil }

// oauthBearer ends a failed exchange as RFC 7628, section 3.2.3, wants it (a
// single %x01), where the library's client breaks it off.
type oauthBearer struct{ sasl.Client }

func (oauthBearer) Next([]byte) ([]byte, error) { return []byte{0x01}, nil }

// passwordDialogue is the client of the obsolete LOGIN mechanism: user, then
// password. Servers word their prompts as they like, so only their order
// counts. The user is no initial response: some servers take none.
type passwordDialogue struct {
	user, password string
	asked          int
}

func (p *passwordDialogue) Start() (string, []byte, error) { return sasl.Login, nil, nil }

func (p *passwordDialogue) Next([]byte) ([]byte, error) {
	p.asked++
	switch p.asked {
	case 1:
		return []byte(p.user), nil
	case 2:
		return []byte(p.password), nil
	}
	return nil, errors.New("the server asked for more than user and password")
}
