package report

import (
	"slices"
	"strings"
	"time"

	"verbale/bot"
	"verbale/intake"
)

// acknowledges reports whether an entry says that the acknowledgement was sent.
func acknowledges(e intake.HistoryEntry) bool {
	return e.What == bot.WhatMailOut && strings.HasPrefix(e.Detail, string(bot.ActionAcknowledge)+":")
}

// measure sets when a request was first acknowledged, accepted and answered, and how long that
// took. Acknowledgement and answer count from receipt, acceptance from assignment, as in the
// follow-up policy. Time spent waiting for the requester does not count.
func (m *maker) measure(r *Request, known []intake.HistoryEntry) {
	var assigned, waiting time.Time
	var stood time.Duration
	for i, e := range known {
		switch {
		case acknowledges(e) && !r.Acknowledged.Done():
			r.Acknowledged = Taken{e.At, max(0, e.At.Sub(r.Received))}
		case i == 0 && e.To == intake.StatusAssigned, gives(e):
			assigned = e.At
		case e.What == string(intake.VerbAccept) && !r.Accepted.Done():
			r.Accepted = Taken{e.At, m.work.between(assigned, e.At)}
		case e.What == string(intake.VerbAsk):
			waiting = e.At
		}
		if e.From == intake.StatusWaiting && !waiting.IsZero() {
			stood += m.work.between(waiting, e.At)
			waiting = time.Time{}
		}
		if e.What == string(intake.VerbAnswer) && e.To == intake.StatusAnswered && !r.Answered.Done() {
			r.Answered = Taken{e.At, max(0, m.work.between(r.Received, e.At)-stood)}
		}
	}
}

// A Measure is how long a step took, over the requests for which it was done.
type Measure struct {
	Count        int
	Median       time.Duration
	Percentile90 time.Duration
}

// measureOf computes the percentiles of durations by the nearest-rank method.
func measureOf(times []time.Duration) Measure {
	if len(times) == 0 {
		return Measure{}
	}
	slices.Sort(times)
	rank := func(percent int) time.Duration { return times[(len(times)*percent+99)/100-1] }
	return Measure{Count: len(times), Median: rank(50), Percentile90: rank(90)}
}

// A Step is a step whose duration is measured.
type Step string

const (
	Acknowledge Step = "acknowledge"
	Accept      Step = "accept"
	Answer      Step = "answer"
)

// Steps lists all measured steps.
func Steps() []Step { return []Step{Acknowledge, Accept, Answer} }

// Taken is when a step of a request was done.
func (r *Request) Taken(s Step) Taken {
	switch s {
	case Acknowledge:
		return r.Acknowledged
	case Accept:
		return r.Accepted
	}
	return r.Answered
}

// Measure is how long a step took.
func (r *Report) Measure(s Step) Measure { return measure(r.Requests, s) }

func measure(requests []Request, s Step) Measure {
	var times []time.Duration
	for i := range requests {
		if t := requests[i].Taken(s); t.Done() {
			times = append(times, t.Took)
		}
	}
	return measureOf(times)
}
