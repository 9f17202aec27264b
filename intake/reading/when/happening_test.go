package when_test

// happening are sentences with the date of an event in the State, or with a date that is to be
// replaced by another, in mails of Tuesday, 10 March 2026.
var happening = []expression{
	{english, "We ask for a mission in the first quarter of 2027, because the Government, to be elected in February 2027, will want to decide quickly.", "", "2027-01-01", "2027-03-31"},
	{english, "We ask you for training of newly elected mayors in May 2026.", "", "2026-05-01", "2026-05-31"},
	{english, "As a new Government will be formed in April 2026, we ask you to train its advisers.", "", "", ""},
	{english, "We ask for a seminar on the agreement, to which Ruritania accedes on 1 October 2026.", "", "", ""},
	{english, "We request a workshop on the Convention, which enters into force for us on 1 August 2026.", "", "", ""},
	{french, "Nous demandons une relecture du projet de loi que le parlement élu le 14 juin 2026 devra adopter.", "", "", ""},
	{french, "Nous demandons une formation à l'ADR, auquel la Ruritanie adhérera le 1er octobre 2026.", "", "", ""},
	{russian, "Просим дать заключение на законопроект, который новый парламент, избираемый 14 июня 2026 года, должен принять.", "", "", ""},
	{russian, "В связи с выборами в феврале 2027 года просим направить эксперта в июне 2026 года.", "", "2026-06-01", "2026-06-30"},
	{russian, "Просим провести семинар по Конвенции, которая вступит для Руритании в силу 1 августа 2026 года.", "", "", ""},

	{english, "We ask you to hold the seminar from 23 to 25 September 2026 instead of 9 to 11 September 2026.", "", "2026-09-23", "2026-09-25"},
	{english, "We ask you to hold the seminar, instead of 9-11 September 2026, on 23-25 October 2026.", "", "2026-10-23", "2026-10-25"},
	{english, "We ask to move the training workshop from 9-11 September to 23-25 October 2026.", "", "2026-10-23", "2026-10-25"},
	{english, "We ask to move the training workshop from September to October 2026.", "", "2026-10-01", "2026-10-31"},
	{french, "Nous vous prions d'organiser le séminaire du 23 au 25 septembre 2026 au lieu du 9 au 11 septembre 2026.", "", "2026-09-23", "2026-09-25"},
	{french, "Nous demandons de reporter le séminaire du 9 au 11 septembre au 23-25 octobre 2026.", "", "2026-10-23", "2026-10-25"},
	{russian, "Просим провести семинар вместо 9–11 сентября — 23–25 октября 2026 года.", "", "2026-10-23", "2026-10-25"},
	{russian, "Просим перенести семинар с 9-11 сентября на 23-25 октября 2026 года.", "", "2026-10-23", "2026-10-25"},
	{french, "La mission aurait lieu en juin 2026 et le texte serait présenté avant la fin de l'année, soit de juin à décembre 2026.", "", "2026-06-01", "2026-12-31"},

	{english, "Timeframe which we see: interviews start on 18 January 2027, final report is ready on 30 June 2027.", "", "2027-01-18", "2027-06-30"},
	{french, "Nous demandons une étude, dont la remise serait fixée au 15 octobre 2027. La première visite de vos experts pourrait se faire dès le 1er février 2027.", "", "2027-02-01", "2027-10-15"},
	{english, "We wish to request:\n1. Assessment of our flows. The assessors would come from 18 to 22 May 2026.\n2. After this, a workshop for two days, 25 and 26 June 2026, to learn to publish the flows.", "", "2026-05-18", "2026-06-26"},
}
