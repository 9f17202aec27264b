package main

import (
	"strings"

	"github.com/spf13/cobra"

	"verbale/internal/app"
)

// Formats of report and export.
var (
	reportFormats = []string{app.FormatText, app.FormatCSV, app.FormatXLSX, app.FormatJSON}
	exportFormats = []string{app.FormatCSV, app.FormatXLSX, app.FormatJSON}
)

// reportHelp is the long help of report.
const reportHelp = "Report counts the requests received in a period by country, division, main theme, service, who\n" +
	"carries them out (Division or Regional Adviser), language, kind of letter, status, outcome and\n" +
	"owner. It also shows the time to acknowledgement, acceptance and answer (median and 90th\n" +
	"percentile), the overdue requests, and the results that were reported.\n\n" +
	"Only what was known at the cut-off counts: a report made later with the same --from, --until and\n" +
	"--as-of has the same figures, except for messages set aside, which are counted as they are now.\n" +
	"Without --as-of the cut-off is now; every report states it.\n\n" +
	"Only records of requests are counted. Records merged into another one, records that the desk found\n" +
	"to be no request, other mail and messages set aside are not; the summary lists them separately. A\n" +
	"request for several countries or services counts once for each. Times are in working days of the\n" +
	"office, without the time spent waiting for the requester. The acknowledgement, which is sent at any\n" +
	"hour, is measured in minutes. Confidential requests are counted. No format contains text of a\n" +
	"letter.\n\n" +
	"Formats:\n" +
	"  text   aligned tables, for a terminal\n" +
	"  csv    one row per figure, with the references of the requests behind it\n" +
	"  xlsx   a workbook with a sheet per table; the last sheet lists all requests, for filtering\n" +
	"  json   one object with all figures, the references behind them, and all requests\n\n" +
	"With --charts it also draws months.png, times.png and countries.png to a folder; there are no\n" +
	"charts for a period without requests.\n\n" +
	"The exit status is 0 on success, 1 if something failed, and 2 for wrong usage."

func newReport(g *globals) *cobra.Command {
	var o app.ReportOptions
	cmd := &cobra.Command{
		Use:   "report -c FILE [--from DAY] [--until DAY] [--as-of TIME] [--format text|csv|xlsx|json] [--charts DIR] [--out FILE]",
		Short: "Count the requests of a period and the time to answer them",
		Long:  reportHelp,
		Example: "  verbale report -c verbale.yaml --from 2026-01-01 --until 2026-06-30\n" +
			"  verbale report -c verbale.yaml --from 2026-01-01 --as-of 2026-07-15 --format xlsx --out half.xlsx\n" +
			"  verbale report -c verbale.yaml --lang fr --charts graphiques\n" +
			"  verbale report -c verbale.yaml --format json | jq '.times.answer'",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := needConfig(cmd, g); err != nil {
				return err
			}
			if err := checkOutput(cmd, o.Format, o.Language, o.File, reportFormats); err != nil {
				return err
			}
			if !o.Until.IsZero() && o.Until.Before(o.From) {
				return usagef(cmd, "--until %s is before --from %s", o.Until, o.From)
			}
			o.Config, o.Out, o.Log = g.config, cmd.OutOrStdout(), g.quietLogger(cmd)
			return app.Report(cmd.Context(), o)
		},
	}
	f := cmd.Flags()
	f.TextVar(&o.From, "from", app.Day{}, "only requests received on this `day` or later (2006-01-02)")
	f.TextVar(&o.Until, "until", app.Day{}, "only requests received on this `day` or earlier")
	f.TextVar(&o.AsOf, "as-of", app.Moment{}, "as known at this `time`: the end of a day, \"2006-01-02 15:04\", or RFC 3339 (default: now)")
	f.StringVar(&o.Charts, "charts", "", "also draw charts to this `folder`")
	f.StringVar(&o.Format, "format", app.FormatText, "`format`: text, csv, xlsx or json")
	must(cmd.RegisterFlagCompletionFunc("format", fixed(reportFormats)))
	addOutputFlags(cmd, &o.Language, &o.File)
	return cmd
}

func newExport(g *globals) *cobra.Command {
	var o app.ExportOptions
	cmd := &cobra.Command{
		Use:   "export -c FILE [--format csv|xlsx|json] [--out FILE] [filters as of list]",
		Short: "Write records as a table or as JSON",
		Long: "Export writes records, newest first: all, or those selected by the filters of \"list\".\n\n" +
			"csv and xlsx have one row per record, for people: with names instead of ids, in the language of\n" +
			"--lang. Text of letters that looks like a formula stays text: in xlsx the type of the cell is text,\n" +
			"in csv an apostrophe is put in front. csv is UTF-8; for use in a spreadsheet, xlsx is better. json\n" +
			"is the output of \"list --json\": one object per line, with history, actions and plan.\n\n" +
			"For confidential records, only ids, times, countries and themes are written. Names, institution,\n" +
			"subject, summary and all other text of the letters are omitted unless --confidential is given.\n\n" +
			"The exit status is 0 on success, 1 if something failed, and 2 for wrong usage.",
		Example: "  verbale export -c verbale.yaml --format xlsx --out requests.xlsx\n" +
			"  verbale export -c verbale.yaml --open --division environment --lang ru\n" +
			"  verbale export -c verbale.yaml --format json --since 2026-01-01 | jq -r .reference",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := needConfig(cmd, g); err != nil {
				return err
			}
			if err := oneOf(cmd, "--status", o.Status, statuses...); err != nil {
				return err
			}
			if err := checkOutput(cmd, o.Format, o.Language, o.File, exportFormats); err != nil {
				return err
			}
			o.Config, o.Out, o.Log = g.config, cmd.OutOrStdout(), g.quietLogger(cmd)
			return app.Export(cmd.Context(), o)
		},
	}
	addSelectionFlags(cmd, &o.Selection)
	addConfidentialFlag(cmd, &o.Confidential)
	cmd.Flags().StringVar(&o.Format, "format", app.FormatCSV, "`format`: csv, xlsx or json")
	must(cmd.RegisterFlagCompletionFunc("format", fixed(exportFormats)))
	addOutputFlags(cmd, &o.Language, &o.File)
	return cmd
}

// addOutputFlags adds the flags that say in which language and where something is written.
func addOutputFlags(cmd *cobra.Command, language, file *string) {
	f := cmd.Flags()
	f.StringVar(language, "lang", app.Languages()[0], "`language` of names and headings: "+strings.Join(app.Languages(), ", "))
	f.StringVar(file, "out", "", "write to this `file` instead of standard output")
}

// checkOutput checks the flags of addOutputFlags, and the format.
func checkOutput(cmd *cobra.Command, format, language, file string, formats []string) error {
	if err := oneOf(cmd, "--format", format, formats...); err != nil {
		return err
	}
	if err := oneOf(cmd, "--lang", language, app.Languages()...); err != nil {
		return err
	}
	if format == app.FormatXLSX && file == "" && isTerminal(cmd.OutOrStdout()) {
		return usagef(cmd, "a workbook cannot be written to a terminal: give a file with --out")
	}
	return nil
}
