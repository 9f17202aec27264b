package slackio

import "sync"

// A pool does a bounded number of jobs at a time. Jobs with the same key are done
// one after the other, in the order in which they came.
type pool struct {
	slots chan struct{}
	most  int // jobs that may wait or be done

	mu      sync.Mutex
	lines   map[string][]func() // jobs that wait, by key; present while one is being done
	inHand  int
	working sync.WaitGroup
}

func newPool(workers, most int) *pool {
	return &pool{slots: make(chan struct{}, workers), most: most, lines: map[string][]func(){}}
}

// do takes a job without waiting for it; false where too many wait already.
func (p *pool) do(key string, job func()) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.inHand == p.most {
		return false
	}
	p.inHand++
	line, busy := p.lines[key]
	p.lines[key] = append(line, job)
	if !busy {
		p.working.Go(func() { p.work(key) })
	}
	return true
}

// work does the jobs of a key until there are none.
func (p *pool) work(key string) {
	for job := p.next(key); job != nil; job = p.next(key) {
		p.slots <- struct{}{}
		job()
		<-p.slots
		p.mu.Lock()
		p.inHand--
		p.mu.Unlock()
	}
}

func (p *pool) next(key string) func() {
	p.mu.Lock()
	defer p.mu.Unlock()
	line := p.lines[key]
	if len(line) == 0 {
		delete(p.lines, key)
		return nil
	}
	p.lines[key] = line[1:]
	return line[0]
}

// wait returns when no job is left.
func (p *pool) wait() { p.working.Wait() }
