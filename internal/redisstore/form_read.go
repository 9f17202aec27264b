package redisstore

import (
	"reflect"
	"time"
	"unicode/utf8"
)

// asRead returns a deep copy of a document as it would be after being packed and unpacked, so
// that what was just written need not be decoded. known is false if some text is not valid
// UTF-8 (encoding would change it) or if the document has a map of other than strings.
func asRead[T any](document T) (read T, known bool) {
	read = document
	return read, copied(reflect.ValueOf(&read).Elem())
}

var timeType = reflect.TypeFor[time.Time]()

// copied replaces everything that a value points to by copies, and times by what JSON
// preserves of them, which excludes the zone's name and the monotonic clock.
func copied(v reflect.Value) (known bool) {
	if v.Type() == timeType {
		return writtenAndRead(v.Addr().Interface().(*time.Time))
	}
	switch v.Kind() {
	case reflect.String:
		return utf8.ValidString(v.String())
	case reflect.Struct:
		return eachOf(v.NumField(), v.Field)
	case reflect.Pointer:
		if v.IsNil() {
			return true
		}
		own := reflect.New(v.Type().Elem())
		own.Elem().Set(v.Elem())
		v.Set(own)
		return copied(own.Elem())
	case reflect.Slice:
		if v.IsNil() {
			return true
		}
		own := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(own, v)
		v.Set(own)
		return eachOf(own.Len(), own.Index)
	case reflect.Map:
		return v.IsNil() || copiedMap(v)
	}
	return true
}

func eachOf(n int, part func(int) reflect.Value) bool {
	for i := range n {
		if !copied(part(i)) {
			return false
		}
	}
	return true
}

// copiedMap supports maps of strings only.
func copiedMap(v reflect.Value) bool {
	own := reflect.MakeMapWithSize(v.Type(), v.Len())
	for entries := v.MapRange(); entries.Next(); {
		key, value := entries.Key(), entries.Value()
		if value.Kind() != reflect.String || !utf8.ValidString(key.String()) || !utf8.ValidString(value.String()) {
			return false
		}
		own.SetMapIndex(key, value)
	}
	v.Set(own)
	return true
}

func writtenAndRead(t *time.Time) bool {
	if t.IsZero() { // omitzero leaves it out
		return t.Location() == time.UTC
	}
	read, err := time.Parse(time.RFC3339Nano, t.Format(time.RFC3339Nano))
	*t = read
	return err == nil
}
