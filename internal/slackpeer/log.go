package slackpeer

import "slices"

// A log is what was posted in a channel.
type log struct {
	all     []*Message            // in order of time
	byTS    map[string]*Message   // by timestamp
	replies map[string][]*Message // by the timestamp of the first message
}

// log is the log of a channel.
func (p *Peer) log(channel string) *log {
	l := p.logs[channel]
	if l == nil {
		l = &log{byTS: map[string]*Message{}, replies: map[string][]*Message{}}
		p.logs[channel] = l
	}
	return l
}

func (l *log) add(m *Message) {
	l.all = append(l.all, m)
	l.byTS[m.TS] = m
	if m.ThreadTS != "" {
		l.replies[m.ThreadTS] = append(l.replies[m.ThreadTS], m)
	}
}

func (l *log) remove(m *Message) {
	l.all = without(l.all, m)
	delete(l.byTS, m.TS)
	l.replies[m.ThreadTS] = without(l.replies[m.ThreadTS], m)
}

func without(list []*Message, m *Message) []*Message {
	return slices.DeleteFunc(list, func(o *Message) bool { return o == m })
}

func (p *Peer) find(channel, ts string) *Message { return p.log(channel).byTS[ts] }

// thread is a message with its replies, in order of time.
func (p *Peer) thread(channel, ts string) (list []*Message) {
	if m := p.find(channel, ts); m != nil {
		list = append(list, m)
	}
	return append(list, p.log(channel).replies[ts]...)
}
