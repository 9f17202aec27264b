package doctext

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // the decoders of image.Decode
	_ "image/jpeg"
	"image/png"
	"math"
	"slices"
	"strings"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/tiff"

	"verbale/intake"
)

const (
	// A picture smaller than this in a direction, or in bytes, is a logo or the
	// ornament of a signature, not a letter.
	minPictureSide  = 200
	minPictureBytes = 10 << 10
	// maxDecoded bounds the pixels of a picture that is opened at all: what the
	// cameras of telephones make, and not a bomb.
	maxDecoded = 50_000_000
)

// readPicture recognises a picture, and each page of a fax. Pictures are decoded
// and drawn again in grey here: tesseract never sees a stranger's file.
func (e *Extractor) readPicture(ctx context.Context, d document) (string, intake.TextMethod, error) {
	if len(d.data) < minPictureBytes {
		return "", intake.MethodNone, nil
	}
	var pages [][]byte
	err := e.inTurn(ctx, func(ctx context.Context) (err error) {
		pages, err = decodePages(ctx, d)
		return err
	})
	if len(pages) == 0 {
		return "", intake.MethodNone, err
	}
	if err := e.ocr.usable(); err != nil {
		return "", intake.MethodNone, err
	}
	scans := make([]*scan, len(pages))
	for i, picture := range pages {
		scans[i] = e.ocr.scanOf(d.data, i)
		scans[i].picture = picture
	}
	ocrErr := e.ocr.pages(ctx, scans)
	texts := make([]string, len(scans))
	for i, s := range scans {
		texts[i] = s.text
	}
	return strings.Join(texts, "\n\n"), intake.MethodOCR, errors.Join(err, ocrErr)
}

// decodePages returns the pages of a picture that are large enough to be read.
func decodePages(ctx context.Context, d document) ([][]byte, error) {
	firsts, order := tiffPages(d.data, d.opt.MaxOCRPages)
	if len(firsts) < 2 {
		return onePage(decodePage(d.data))
	}
	var pages [][]byte
	file := slices.Clone(d.data)
	for _, first := range firsts {
		if ctx.Err() != nil {
			return pages, ctx.Err()
		}
		// The decoder reads the first page of a file: make each page that.
		order.PutUint32(file[4:], first)
		page, err := onePage(decodePage(file))
		pages = append(pages, page...)
		if err != nil {
			return pages, err
		}
	}
	return pages, nil
}

func onePage(page []byte, err error) ([][]byte, error) {
	if page == nil {
		return nil, err
	}
	return [][]byte{page}, err
}

// decodePage returns nil for a picture that is too small to be a letter.
func decodePage(data []byte) ([]byte, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the size of a picture: %w", err)
	case config.Width < minPictureSide || config.Height < minPictureSide:
		return nil, nil
	case config.Width > maxDecoded/config.Height:
		return nil, flaw(fmt.Sprintf("the picture is too large (%d × %d)", config.Width, config.Height))
	}
	picture, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("decode a picture: %w", err)
	}
	return encodePage(grey(picture))
}

// Recognition is best at scanDPI, in which a sheet of A4 has sheetPixels. Coarser
// pictures are drawn larger, at most twice: fewer accents are lost then.
const (
	scanDPI     = 200
	sheetPixels = 1654 * 2339
	maxEnlarged = 2
	maxPixels   = 12 << 20 // A3 and some
)

// grey draws a picture in grey on white, in the size that recognition is best at.
func grey(picture image.Image) *image.Gray {
	b := picture.Bounds()
	pixels := float64(b.Dx()) * float64(b.Dy())
	scale := min(max(1, math.Sqrt(sheetPixels/pixels)), maxEnlarged, math.Sqrt(maxPixels/pixels))
	page := image.NewGray(image.Rect(0, 0, int(float64(b.Dx())*scale), int(float64(b.Dy())*scale)))
	draw.Draw(page, page.Rect, image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(page, page.Rect, picture, b, draw.Over, nil)
	return page
}

// encodePage makes of a picture what tesseract is given. It is a tenth of the
// size of the pixels, which matters where many scans wait for their turn.
func encodePage(picture image.Image) ([]byte, error) {
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&b, picture); err != nil {
		return nil, fmt.Errorf("encode a page for recognition: %w", err)
	}
	return b.Bytes(), nil
}

// tiffPages returns where the image file directories of a TIFF file start, at
// most limit of them, and its byte order (TIFF 6.0, section 2). It returns none
// for other files.
func tiffPages(data []byte, limit int) ([]uint32, binary.ByteOrder) {
	var order binary.ByteOrder = binary.LittleEndian
	switch {
	case bytes.HasPrefix(data, []byte("MM\x00*")):
		order = binary.BigEndian
	case !bytes.HasPrefix(data, []byte("II*\x00")):
		return nil, order
	}
	var starts []uint32
	for next := uint32At(data, 4, order); next != 0 && len(starts) < limit && !slices.Contains(starts, next); {
		starts = append(starts, next)
		if int64(next)+2 > int64(len(data)) {
			break
		}
		entries := int64(order.Uint16(data[next:]))
		next = uint32At(data, int64(next)+2+12*entries, order)
	}
	return starts, order
}

// uint32At returns 0 where the place lies outside the data.
func uint32At(data []byte, place int64, order binary.ByteOrder) uint32 {
	if place < 0 || place+4 > int64(len(data)) {
		return 0
	}
	return order.Uint32(data[place:])
}
