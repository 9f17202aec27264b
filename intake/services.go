package intake

import (
	"slices"

	"verbale/intake/lexicon"
)

// serviceRoles are the classes of the role model that ask for a service.
var serviceRoles = map[Service]string{
	ServiceAdvisory:         "ask_advisory",
	ServiceCapacityBuilding: "ask_capacity_building",
	ServiceProject:          "ask_project",
}

const (
	serviceThreshold = 0.5 // from which a service counts as asked for
	serviceCertain   = 0.3 // below which nothing at all was recognised
)

// readServices tells which kinds of help are asked for.
func (q *inquiry) readServices() {
	k := newRanking()
	for _, s := range q.statements {
		if s.asking() && s.standing != standingAnnex {
			q.weighServices(k, s)
		}
	}
	for _, id := range k.ids() {
		if k.scores[id] >= serviceThreshold {
			q.addService(k, id)
		}
	}
	if ids := k.ids(); len(q.reading.Request.Services) == 0 && len(ids) > 0 && k.scores[ids[0]] >= serviceCertain {
		q.addService(k, ids[0])
	}
	slices.Sort(q.reading.Request.Services)
	if len(q.reading.Request.Services) == 0 {
		q.doubt(FieldServices, "the letter does not say in known words which kind of help it asks for", k.ids()...)
	}
}

func (q *inquiry) addService(k *ranking, id string) {
	q.reading.Request.Services = append(q.reading.Request.Services, Service(id))
	q.cite(k.best(id, 1)[0])
}

// weighServices counts what one sentence asks for: by its words as a whole and
// by the terms in it.
func (q *inquiry) weighServices(k *ranking, s statement) {
	for service, role := range serviceRoles {
		if i := q.wording.roles.Index(role); i >= 0 && len(s.roles) > 0 && !s.isTitle() {
			e := s.evidence(FieldServices, string(service), s.start, s.end)
			k.add(string(service), 0.7*float64(s.roles[i]), e)
		}
	}
	for _, h := range s.hits(lexicon.ClassService) {
		for _, sense := range h.Senses {
			k.add(sense.ID, 0.5*sense.Weight*s.weight, s.cite(FieldServices, sense.ID, h))
		}
	}
}
