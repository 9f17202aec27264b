// Package strictyaml reads the YAML files that an office writes: the
// configuration, the directory, the rules, the policy.
//
// All problems of a file are reported at once. Each Problem has file, line and column and
// says what to write instead. Unknown keys, keys given twice and values of the wrong kind
// are problems, never ignored. Anchors, aliases, tags and a second document are refused,
// so that each line means what it says. Checks that need more than one value are made by
// the caller, who reports their problems through the Document at the place of a value.
//
// Struct fields take their key from the tag `yaml:"key"`, or
// `yaml:"key,required"` where the key must be given, or `yaml:"key,refused"`
// where its type refuses every value with an explanation: such a key is known but
// never suggested.
//
// A type with UnmarshalText is decoded by that method. If its error has a method
// Hint() string, the hint says what to write instead. A map type with UnmarshalText may
// be written both as a text and as a mapping.
//
// The files that come with the program are read by Unmarshal, which is faster and stops
// at the first mistake.
//
// The package does no input or output and imports nothing of ours.
package strictyaml
