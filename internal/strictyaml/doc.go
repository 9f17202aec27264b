// Package strictyaml reads the YAML files that an office writes: the
// configuration, the directory, the rules, the policy.
//
// It owns the difference between a file that is nearly right and one that is
// right. Whatever is wrong, it is all told at once: each Problem has file, line
// and column and says what to write instead. A key that means nothing here, a
// key given twice and a value of the wrong kind are problems, never ignored.
// Anchors, aliases, tags and a second document are refused: a file means what
// it says on each line. Checks that need more than one value are made by the
// caller, who reports them through the Document, at the place of the value.
//
// Struct fields take their key from the tag `yaml:"key"`, or
// `yaml:"key,required"` where the key must be given, or `yaml:"key,refused"`
// where its type refuses every value with an explanation: such a key is known but
// never suggested.
//
// A value type with UnmarshalText reads itself; where its error has a method
// Hint() string, that says what to write instead. Of a map that is the short form:
// it may be written out as well.
//
// The files that come with the program are read by Unmarshal, which reads them
// fast and stops at the first mistake.
//
// The package does no input or output and imports nothing of ours.
package strictyaml
