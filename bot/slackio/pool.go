package slackio

import "sync"

// A pool runs a limited number of jobs concurrently. Jobs with the same key run one after the
// other, in the order of arrival.
type pool struct {
	slots chan struct{}
	most  int // maximum number of waiting and running jobs

	mu      sync.Mutex
	lines   map[string][]func() // waiting jobs by key; the key is present while one of its jobs runs
	inHand  int
	working sync.WaitGroup
}

func newPool(workers, most int) *pool {
	return &pool{slots: make(chan struct{}, workers), most: most, lines: map[string][]func(){}}
}

// do queues a job and returns at once; false if the pool is full.
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

// work runs the jobs of a key until there are none left.
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
