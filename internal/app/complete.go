package app

import (
	"context"
	"log/slog"
	"os"

	"verbale/bot"
	"verbale/internal/config"
	"verbale/internal/redisstore"
)

// Divisions are the IDs of the divisions in the directory of a configuration, or of the
// embedded one if file is "".
func Divisions(file string) ([]string, error) {
	divisions, _, err := directoryIDs(file)
	return divisions, err
}

// Owners are the IDs of all possible owners of records: divisions and posts.
func Owners(file string) ([]string, error) {
	divisions, posts, err := directoryIDs(file)
	return append(divisions, posts...), err
}

func directoryIDs(file string) (divisions, posts []string, err error) {
	c, err := readConfig(file)
	if err != nil {
		return nil, nil, err
	}
	directory, err := loadDirectory(c)
	if err != nil {
		return nil, nil, err
	}
	for _, d := range directory.Divisions {
		divisions = append(divisions, d.ID)
	}
	for _, p := range directory.Posts {
		posts = append(posts, p.ID)
	}
	return divisions, posts, nil
}

// NewestReferences are the references of the latest records. An embedded store is not queried,
// since it might have to be started for that.
func NewestReferences(ctx context.Context, file string, log *slog.Logger) (all []string, err error) {
	c, err := config.LoadForStore(file, os.LookupEnv)
	if err != nil || c.Redis.Address() == redisstore.URLEmbedded {
		return nil, err
	}
	err = withStoreOf(ctx, c, log, func(_ *config.Config, store *redisstore.Store) error {
		page, _, err := store.List(ctx, bot.Query{})
		for _, rec := range page {
			all = append(all, rec.Reference)
		}
		return err
	})
	return all, err
}
