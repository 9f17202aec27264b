package kind

import (
	"slices"

	"verbale/intake"
	"verbale/intake/lexicon"
	"verbale/intake/reading/letter"
)

// addressReach is the maximum distance in words from a verb of request to the organisation
// that it asks: "we request the Representation of FAO".
const addressReach = 3

// addressedElsewhere returns the partner organisation to which the letter is addressed instead
// of us, according to its head, its salutation or its request; "" if we are asked too, or if
// the organisation is the sender.
func (e *examination) addressedElsewhere() (partner string) {
	if e.asksUs() {
		return ""
	}
	partner = e.addressee()
	if partner == "" && !e.namesUs() {
		partner = e.asked()
	}
	if partner == "" || e.isSender(partner) {
		return ""
	}
	return partner
}

// asksUs reports whether our organisation is named where a letter shows its recipient: outside
// the sentences of its body, or in a sentence that asks for something.
func (e *examination) asksUs() bool {
	for _, s := range e.letter.Sources {
		for _, h := range s.Form {
			if !h.Has("unece") {
				continue
			}
			switch s.PartAt(h.Start) {
			case letter.PartIgnored, letter.PartBelow, letter.PartSignature, letter.PartContact:
			case letter.PartBody:
				if at := s.SentenceAt(h.Start); at >= 0 && (s.Asks(s.Sentences[at]) || s.Sentences[at].Ask >= someAsk) {
					return true
				}
			default:
				return true
			}
		}
	}
	return false
}

// namesUs reports whether our organisation is named anywhere in the message.
func (e *examination) namesUs() bool {
	return slices.ContainsFunc(e.letter.Sources, func(s *letter.Source) bool { return lexicon.Holds(s.Form, "unece", 0, len(s.Text)) })
}

// addressee returns the partner organisation named in the salutation of the letter, or in its
// head as the recipient; "" if there is none.
func (e *examination) addressee() (partner string) {
	s := e.letter.Main
	addressed := false // the lines that follow are about the recipient
	for _, l := range s.Lines {
		switch l.Part {
		case letter.PartSalutation:
			return partnerIn(s, l.Start, l.End, partner)
		case letter.PartReference, letter.PartDateline:
			addressed = true
		case letter.PartLetterhead, letter.PartAddressee:
			if !beginsWith(s, l, "below") && (addressed || beginsWith(s, l, "recipient", "addressee", "salutation")) {
				addressed = true
				partner = partnerIn(s, l.Start, l.End, partner)
			}
		case letter.PartBody:
			return partner
		}
	}
	return partner
}

// beginsWith reports whether a line begins with a phrase of letter.yaml with one of the ids.
func beginsWith(s *letter.Source, l letter.Line, ids ...string) bool {
	words := s.Scan.TokensIn(l.Start, l.End)
	return len(words) > 0 && slices.ContainsFunc(lexicon.HitsAt(s.Form, words[0].Start), func(h lexicon.Hit) bool { return slices.ContainsFunc(ids, h.Has) })
}

// partnerIn returns the first partner organisation named in text[start:end]; otherwise if none
// is.
func partnerIn(s *letter.Source, start, end int, otherwise string) string {
	for _, h := range lexicon.HitsIn(s.Scan.Hits, start, end) {
		if h.Class == lexicon.ClassPartner {
			return h.Senses[0].ID
		}
	}
	return otherwise
}

// asked returns the partner organisation of which the sentence that asks most requests
// something: "we request the World Bank to send"; "" if there is none.
func (e *examination) asked() string {
	if e.asking == nil {
		return ""
	}
	s := e.where
	for _, verb := range lexicon.HitsIn(s.Acts, e.asking.Start, e.asking.End) {
		if !verb.Has("ask.verb") && !verb.Has("ask.request") {
			continue
		}
		for _, h := range lexicon.HitsIn(s.Scan.Hits, verb.End, e.asking.End) {
			if h.Class == lexicon.ClassPartner && leadsStraight(s, verb.Token+verb.N, h.Token) {
				return h.Senses[0].ID
			}
		}
	}
	return ""
}

// leadsStraight reports whether there are only words such as "the Country Office of" between a
// verb of request and the organisation that is asked.
func leadsStraight(s *letter.Source, from, to int) bool {
	if to < from || to-from > addressReach {
		return false
	}
	return !slices.ContainsFunc(s.Scan.Tokens[from:to], func(t lexicon.Token) bool { return !lexicon.Holds(s.Form, "office", t.Start, t.End) })
}

// isSender reports whether the message itself comes from a partner organisation: its name is
// in the signature, or is the sender's.
func (e *examination) isSender(partner string) bool {
	for _, s := range e.letter.Sources {
		for _, h := range s.Scan.Hits {
			if part := s.PartAt(h.Start); h.Class == lexicon.ClassPartner && h.Has(partner) && (part == letter.PartSignature || part == letter.PartContact) {
				return true
			}
		}
	}
	from := e.message.From
	return slices.ContainsFunc(e.vocabulary.Scan(from.Name+"\n"+intake.DomainOf(from.Address)).Hits, func(h lexicon.Hit) bool { return h.Class == lexicon.ClassPartner && h.Has(partner) })
}
