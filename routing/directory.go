package routing

import (
	"fmt"
	"strings"
	"time"

	"verbale/intake"
	"verbale/internal/strictyaml"
)

// A Directory lists the divisions, posts, desk and staff of the office.
type Directory struct {
	Divisions []Division `yaml:"divisions,required"`
	Posts     []Post     `yaml:"posts"`
	Desk      Desk       `yaml:"desk,required"`
	Staff     []Staff    `yaml:"staff"` // holders of posts have the role adviser without being listed

	doc *strictyaml.Document
}

// Names holds a name by language (ISO 639-1); English is always present.
type Names map[string]string

// In returns the name in the given language, or the English one if there is none.
func (n Names) In(language string) string {
	if name := n[language]; name != "" {
		return name
	}
	return n["en"]
}

// A Contact is how to reach somebody.
type Contact struct {
	Address string `yaml:"address"` // RFC 5322 addr-spec
	Slack   string `yaml:"slack"`   // Slack user or group id; "" where not on Slack
}

// A Division is a substantive division, or the coordinating unit.
type Division struct {
	ID      string  `yaml:"id,required"`
	Name    Names   `yaml:"name,required"`
	Address string  `yaml:"address,required"`
	Slack   string  `yaml:"slack"`
	Chief   Contact `yaml:"chief"`
	Zone    Zone    `yaml:"zone"` // time zone of its staff; default: the office's
}

// A Post is a Regional Adviser's post, independent of its current holder.
type Post struct {
	ID        string    `yaml:"id,required"`
	Name      Names     `yaml:"name,required"`
	Division  string    `yaml:"division,required"`
	Themes    []string  `yaml:"themes"`    // empty: all themes of the division
	Countries []string  `yaml:"countries"` // the post is their entry point (ISO 3166-1 alpha-2); empty: no preference
	Languages []string  `yaml:"languages"` // ISO 639-1
	Address   string    `yaml:"address,required"`
	Slack     string    `yaml:"slack"`
	Absences  []Absence `yaml:"absences"`
	StandIn   string    `yaml:"stand_in"` // id of the post that takes over while this one is vacant or away
	Vacant    bool      `yaml:"vacant"`
	Zone      Zone      `yaml:"zone"` // time zone of its holder; default: the office's
}

// An Absence is a range of days, both ends included.
type Absence struct {
	From  intake.Date `yaml:"from,required"`
	Until intake.Date `yaml:"until,required"`
}

// away reports whether the post is vacant or its holder absent on the given day.
func (p *Post) away(day intake.Date) bool {
	if p.Vacant {
		return true
	}
	for _, a := range p.Absences {
		if !day.Before(a.From) && !a.Until.Before(day) {
			return true
		}
	}
	return false
}

// A Desk is the triage staff.
type Desk struct {
	Name            Names    `yaml:"name"` // signature of the desk's mails; "" shows the address only
	Address         string   `yaml:"address,required"`
	Channel         string   `yaml:"channel"` // Slack channel of the desk
	Lead            Contact  `yaml:"lead"`    // last step of escalation
	InternalDomains []string `yaml:"internal_domains"`
}

// Division finds a division by its id.
func (d *Directory) Division(id string) (*Division, bool) {
	for i := range d.Divisions {
		if d.Divisions[i].ID == id {
			return &d.Divisions[i], true
		}
	}
	return nil, false
}

// Post finds a post by its id.
func (d *Directory) Post(id string) (*Post, bool) {
	for i := range d.Posts {
		if d.Posts[i].ID == id {
			return &d.Posts[i], true
		}
	}
	return nil, false
}

// Contact returns how to reach a post, a division, the chief of a division (see Chief) or the
// desk's lead.
func (d *Directory) Contact(id string) (Contact, bool) {
	if id == intake.ToDeskLead {
		return d.Desk.Lead, d.Desk.Lead != Contact{}
	}
	if division, chief := strings.CutPrefix(id, chiefOf); chief {
		v, ok := d.Division(division)
		if !ok || v.Chief == (Contact{}) {
			return Contact{}, false
		}
		return v.Chief, true
	}
	if p, ok := d.Post(id); ok {
		return Contact{Address: p.Address, Slack: p.Slack}, true
	}
	if v, ok := d.Division(id); ok {
		return Contact{Address: v.Address, Slack: v.Slack}, true
	}
	return Contact{}, false
}

// Name returns the name of a post or division in a language, or the ID itself if it is not in
// the directory.
func (d *Directory) Name(id, language string) string {
	if p, ok := d.Post(id); ok {
		return p.Name.In(language)
	}
	if v, ok := d.Division(id); ok {
		return v.Name.In(language)
	}
	return id
}

// DivisionOf returns the division of a post; for a division, itself.
func (d *Directory) DivisionOf(id string) (*Division, bool) {
	if p, ok := d.Post(id); ok {
		id = p.Division
	}
	return d.Division(id)
}

// Holder returns the ID of the post or division that an address belongs to, or "" and true
// for the desk.
func (d *Directory) Holder(address string) (id string, ok bool) {
	for _, p := range d.Posts {
		if strings.EqualFold(p.Address, address) {
			return p.ID, true
		}
	}
	for _, v := range d.Divisions {
		if strings.EqualFold(v.Address, address) || strings.EqualFold(v.Chief.Address, address) && address != "" {
			return v.ID, true
		}
	}
	return "", strings.EqualFold(d.Desk.Address, address)
}

// Internal reports whether an address belongs to the office: it is in the directory, or in an
// internal domain or one of its subdomains.
func (d *Directory) Internal(address string) bool {
	if _, ok := d.Holder(address); ok {
		return true
	}
	domain := strings.ToLower(address[strings.LastIndex(address, "@")+1:])
	for _, own := range d.Desk.InternalDomains {
		if own = strings.ToLower(own); domain == own || strings.HasSuffix(domain, "."+own) {
			return true
		}
	}
	return false
}

// chiefOf is the prefix of the ID of a division's chief.
const chiefOf = "chief:"

// Chief returns the ID, as used by Contact, of the chief of a post's or division's division.
func (d *Directory) Chief(id string) string {
	if v, ok := d.DivisionOf(id); ok {
		return chiefOf + v.ID
	}
	return intake.ToDeskLead
}

// ChiefOf returns the division whose chief an ID stands for; false if it stands for none.
func (d *Directory) ChiefOf(id string) (*Division, bool) {
	division, chief := strings.CutPrefix(id, chiefOf)
	if !chief {
		return nil, false
	}
	return d.Division(division)
}

// ZoneOf returns the time zone of the holder of a post or of a division; nil if the directory
// does not state one.
func (d *Directory) ZoneOf(id string) *time.Location {
	if p, ok := d.Post(id); ok && p.Zone.Location != nil {
		return p.Zone.Location
	}
	if v, ok := d.DivisionOf(id); ok {
		return v.Zone.Location
	}
	return nil
}

// A Zone is a time zone, given by its name in the IANA database.
type Zone struct{ *time.Location }

// UnmarshalText parses a name like "Europe/Zurich".
func (z *Zone) UnmarshalText(b []byte) error {
	found, err := time.LoadLocation(string(b))
	if err != nil || found == time.Local || len(b) == 0 {
		return zoneError(b)
	}
	z.Location = found
	return nil
}

type zoneError string

func (e zoneError) Error() string { return fmt.Sprintf("time zone %q is not known", string(e)) }
func (e zoneError) Hint() string  { return "write a name like Europe/Zurich" }
