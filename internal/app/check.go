package app

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"verbale/internal/config"
	"verbale/internal/strictyaml"
	"verbale/routing"
)

// CheckOptions say which configuration to check.
type CheckOptions struct {
	Config string
	JSON   bool
	Out    io.Writer
}

// Check reads a configuration and all data files it names, and prints all problems at once,
// or else the warnings. It returns the number of problems.
func Check(o CheckOptions) (problems int, err error) {
	found, warnings, err := check(o.Config)
	if err != nil {
		return 0, err
	}
	for _, p := range found {
		if err := o.print(checked{ill, p}, p.String()); err != nil {
			return 0, err
		}
	}
	for _, w := range warnings {
		about := strictyaml.Problem{File: o.Config, Message: w}
		if err := o.print(checked{weak, about}, "warning: "+w); err != nil {
			return 0, err
		}
	}
	if len(found) == 0 && !o.JSON {
		_, err = fmt.Fprintf(o.Out, "%s and the data it names are valid\n", o.Config)
	}
	return len(found), err
}

// A checked is what check prints of a problem or warning as JSON.
type checked struct {
	Status verdict `json:"status"`
	strictyaml.Problem
}

func (o CheckOptions) print(f checked, text string) error {
	if o.JSON {
		return printJSON(o.Out, f)
	}
	_, err := fmt.Fprintln(o.Out, text)
	return err
}

// check returns the problems, and warnings. An error means that the file could not be read at
// all.
func check(file string) (found strictyaml.Problems, warnings []string, err error) {
	c, err := config.Read(file)
	if found, ok := errors.AsType[strictyaml.Problems](err); ok {
		return found, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	office, err := loadOffice(c)
	if found, ok := errors.AsType[strictyaml.Problems](err); ok {
		return found, nil, nil
	}
	if year, missing := office.policy.HolidaysMissing(time.Now()); missing {
		warnings = append(warnings, fmt.Sprintf("the holidays of %d are missing; due dates may fall on them: add them to holidays.yaml", year))
	}
	if c.Send == config.Off {
		warnings = append(warnings, "send is off: nothing will be sent, and withheld messages are never released")
	} else if example := exampleAddress(office.directory); example != "" {
		warnings = append(warnings, fmt.Sprintf("send is on, and the directory still has example addresses, like %s: %s", example, mendExample))
	}
	return nil, warnings, err
}

// mendExample is the advice for directories with example addresses.
const mendExample = "nobody receives mail sent there; replace them with the addresses of the office"

// exampleAddress is the first address of a division or post in a reserved example domain (RFC
// 2606, section 2), as in a directory that was not edited; "" if there is none.
func exampleAddress(d *routing.Directory) string {
	var addresses []string
	for _, division := range d.Divisions {
		addresses = append(addresses, division.Address)
	}
	for _, post := range d.Posts {
		addresses = append(addresses, post.Address)
	}
	at := slices.IndexFunc(addresses, func(a string) bool { return strings.HasSuffix(strings.ToLower(a), ".example") })
	if at < 0 {
		return ""
	}
	return addresses[at]
}
