package redisstore

import "verbale/intake"

// A storedRemark is a remark that is more than an English sentence. A plain sentence is
// stored as a string, as earlier versions did with every remark.
type storedRemark struct {
	ID   string            `json:"id,omitempty"`
	Args map[string]string `json:"args,omitempty"`
	Said map[string]string `json:"said,omitempty"`
}

func storeRemark(r intake.Remark) (sentence string, more *storedRemark) {
	if sentence, plain := r.Plain(); plain {
		return sentence, nil
	}
	return "", (*storedRemark)(&r)
}

func loadRemark(sentence string, more *storedRemark) intake.Remark {
	if more != nil {
		return intake.Remark(*more)
	}
	return intake.Plain(sentence)
}

// storeRemarks stores all remarks as sentences if each is one, and all in the full form
// otherwise, so that their order is kept.
func storeRemarks(remarks []intake.Remark) (sentences []string, more []storedRemark) {
	if remarks == nil {
		return nil, nil
	}
	sentences = make([]string, len(remarks))
	for i, r := range remarks {
		sentence, plain := r.Plain()
		if !plain {
			return nil, each(remarks, func(r intake.Remark) storedRemark { return storedRemark(r) })
		}
		sentences[i] = sentence
	}
	return sentences, nil
}

func loadRemarks(sentences []string, more []storedRemark) []intake.Remark {
	if more != nil {
		return each(more, func(s storedRemark) intake.Remark { return intake.Remark(s) })
	}
	return each(sentences, intake.Plain)
}

func storeDoubt(d intake.Doubt) storedDoubt {
	sentence, more := storeRemark(d.Reason)
	return storedDoubt{Field: d.Field, Reason: sentence, Remark: more, Candidates: d.Candidates}
}

func (d storedDoubt) load() intake.Doubt {
	return intake.Doubt{Field: d.Field, Reason: loadRemark(d.Reason, d.Remark), Candidates: d.Candidates}
}

func storeLikeness(l intake.Likeness) storedLikeness {
	sentence, more := storeRemark(l.Reason)
	return storedLikeness{Reference: l.Reference, Reason: sentence, Remark: more}
}

func (l storedLikeness) load() intake.Likeness {
	return intake.Likeness{Reference: l.Reference, Reason: loadRemark(l.Reason, l.Remark)}
}

func storeRunnerUp(r intake.RunnerUp) storedRunnerUp {
	sentence, more := storeRemark(r.WhyNot)
	return storedRunnerUp{Division: r.Division, WhyNot: sentence, Remark: more}
}

func (r storedRunnerUp) load() intake.RunnerUp {
	return intake.RunnerUp{Division: r.Division, WhyNot: loadRemark(r.WhyNot, r.Remark)}
}
