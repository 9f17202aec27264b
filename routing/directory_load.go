package routing

import (
	_ "embed"
	"fmt"

	"verbale/internal/strictyaml"
)

//go:embed data/directory.yaml
var embeddedDirectory []byte

// DirectoryFile returns the text of the embedded directory, as a template for an office's
// own.
func DirectoryFile() string { return string(embeddedDirectory) }

// EmbeddedDirectory returns the directory that is used if the office has none.
func EmbeddedDirectory() (*Directory, error) {
	return LoadDirectory("directory.yaml", embeddedDirectory)
}

// LoadDirectory parses a directory; the error is a strictyaml.Problems listing all problems.
// The file name is used only in messages.
func LoadDirectory(file string, data []byte) (*Directory, error) {
	d := new(Directory)
	d.doc = strictyaml.Decode(file, data, d)
	c := directoryCheck{Directory: d, doc: d.doc, seen: map[string]bool{}}
	for i := range d.Divisions {
		c.division(strictyaml.Root.Key("divisions").Item(i), &d.Divisions[i])
	}
	for i := range d.Posts {
		c.post(strictyaml.Root.Key("posts").Item(i), &d.Posts[i])
	}
	c.desk(strictyaml.Root.Key("desk"))
	for i, s := range d.Staff {
		c.staff(strictyaml.Root.Key("staff").Item(i), s)
	}
	if err := c.doc.Err(); err != nil {
		return nil, err
	}
	return d, nil
}

// A directoryCheck validates a directory.
type directoryCheck struct {
	*Directory
	doc  *strictyaml.Document
	seen map[string]bool
}

func (c *directoryCheck) division(at strictyaml.Path, v *Division) {
	c.identity(at, v.ID, v.Name)
	c.address(at.Key("address"), v.Address)
	c.address(at.Key("chief").Key("address"), v.Chief.Address)
}

func (c *directoryCheck) post(at strictyaml.Path, p *Post) {
	c.identity(at, p.ID, p.Name)
	c.address(at.Key("address"), p.Address)
	if p.Division != "" {
		strictyaml.OneOf(c.doc, at.Key("division"), p.Division, c.divisionIDs()...)
	}
	if p.StandIn != "" && strictyaml.OneOf(c.doc, at.Key("stand_in"), p.StandIn, c.postIDs()...) && p.StandIn == p.ID {
		c.doc.Report(at.Key("stand_in"), "a post cannot stand in for itself", "name another post or remove the line")
	}
	for i, country := range p.Countries {
		checkCountry(c.doc, at.Key("countries").Item(i), country)
	}
	for i, a := range p.Absences {
		if a.Until.Before(a.From) {
			c.doc.Report(at.Key("absences").Item(i).Key("until"), "the absence ends before it begins", "exchange from and until")
		}
	}
}

func (c *directoryCheck) desk(at strictyaml.Path) {
	c.address(at.Key("address"), c.Desk.Address)
	c.address(at.Key("lead").Key("address"), c.Desk.Lead.Address)
	for i, domain := range c.Desk.InternalDomains {
		c.doc.Domain(at.Key("internal_domains").Item(i), domain)
	}
}

func (c *directoryCheck) staff(at strictyaml.Path, s Staff) {
	strictyaml.OneOf(c.doc, at.Key("role"), s.Role, Roles()...)
	for i, address := range s.Addresses {
		c.address(at.Key("addresses").Item(i), address)
	}
	if len(s.Users)+len(s.Groups)+len(s.Addresses) == 0 {
		c.doc.Report(at, "the role is given to nobody", "name users, groups or addresses")
	}
}

// identity checks what posts and divisions have in common: an ID that is unique and not
// reserved, and a name.
func (c *directoryCheck) identity(at strictyaml.Path, id string, name Names) {
	switch {
	case id == "":
	case c.seen[id]:
		c.doc.Report(at.Key("id"), fmt.Sprintf("id %q is taken by another entry", id), "give each division and post an id of its own")
	case reservedIDs[id]:
		c.doc.Report(at.Key("id"), fmt.Sprintf("id %q has a meaning of its own in plans and rules", id), "choose another")
	}
	c.seen[id] = true
	if c.doc.Has(at.Key("name")) && name["en"] == "" {
		c.doc.Report(at.Key("name"), "the English name is missing", "add “en: …”")
	}
}

func (c *directoryCheck) address(at strictyaml.Path, address string) {
	if c.doc.Has(at) {
		c.doc.MailAddress(at, address)
	}
}

func checkCountry(doc *strictyaml.Document, at strictyaml.Path, country string) {
	if len(country) != 2 || country[0] < 'A' || country[0] > 'Z' || country[1] < 'A' || country[1] > 'Z' {
		doc.Report(at, fmt.Sprintf("%q is not a country code", country), "write ISO 3166-1 alpha-2 in capitals, like KG")
	}
}

func (d *Directory) divisionIDs() []string {
	ids := make([]string, len(d.Divisions))
	for i, v := range d.Divisions {
		ids[i] = v.ID
	}
	return ids
}

func (d *Directory) postIDs() []string {
	ids := make([]string, len(d.Posts))
	for i, p := range d.Posts {
		ids[i] = p.ID
	}
	return ids
}
