package mailauth

import (
	"errors"

	"github.com/emersion/go-sasl"
)

const xoauth2Mechanism = "XOAUTH2"

// xoauth2 is the client of the XOAUTH2 mechanism, which Google and Microsoft
// describe in their documentation of IMAP and SMTP; no RFC does.
type xoauth2 struct{ user, token string }

// Start returns the initial response.
func (x *xoauth2) Start() (string, []byte, error) {
	return xoauth2Mechanism, []byte("user=" + x.user + "\x01auth=Bearer " + x.token + "\x01\x01"), nil
}

// Next answers the challenge by which the server announces a failure. After the empty
// response the server ends the exchange with an error.
func (x *xoauth2) Next([]byte) ([]byte, error) { return []byte{}, nil }

// oauthBearer ends a failed exchange with a single %x01, as RFC 7628, section 3.2.3,
// requires. The client of the library breaks the exchange off.
type oauthBearer struct{ sasl.Client }

// Next answers the challenge by which the server announces a failure.
func (oauthBearer) Next([]byte) ([]byte, error) { return []byte{0x01}, nil }

// passwordDialogue is the client of the obsolete LOGIN mechanism, in which the server asks
// for the user and then for the password. Prompts differ between servers, so only their
// order counts. It sends no initial response, which some servers do not accept.
type passwordDialogue struct {
	user, password string
	asked          int
}

// Start chooses the mechanism, without an initial response.
func (p *passwordDialogue) Start() (string, []byte, error) { return sasl.Login, nil, nil }

// Next answers the prompts.
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
