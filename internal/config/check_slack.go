package config

import "verbale/internal/strictyaml"

// slack checks that the settings required by the mode are present.
func (k *checker) slack(at strictyaml.Path, s *Slack) {
	strictyaml.OneOf(k.doc, at.Key("mode"), s.Mode, SlackSocket, SlackHTTP, SlackOff)
	if s.APIURL != "" {
		k.webAddress(at.Key("api_url"), s.APIURL)
	}
	switch s.Mode {
	case SlackSocket:
		k.need(at.Key("bot_token_file"), "the bot token", &s.BotTokenFile, &s.BotToken)
		k.need(at.Key("app_token_file"), "the app token, which socket mode needs,", &s.AppTokenFile, &s.AppToken)
		if s.Listen != "" {
			k.doc.Report(at.Key("listen"), "listen has no effect in socket mode", "write mode: http, or remove it")
		}
	case SlackHTTP:
		k.need(at.Key("bot_token_file"), "the bot token", &s.BotTokenFile, &s.BotToken)
		k.need(at.Key("signing_secret_file"), "the signing secret, which http mode needs,", &s.SigningSecretFile, &s.SigningSecret)
		if s.Listen == "" {
			k.doc.Report(at.Key("mode"), "http mode needs an address to listen on", "add “listen: host:port”")
			return
		}
		k.hostPort(at.Key("listen"), s.Listen)
	}
}
