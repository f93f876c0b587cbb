// Command verify checks a static tree directory with code that others wrote:
// golang.org/x/mod (note, tlog), transparency-dev/merkle and transparency-dev/formats
// (ML-DSA-44 cosignatures, tlog-proof).
//
//	verify DIRECTORY CLAIMS.json VKEY-0x01 VKEY-0x06
//
// It exits with 1 and a sentence at the first thing that does not verify.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	logfmt "github.com/transparency-dev/formats/log"
	cosig "github.com/transparency-dev/formats/note"
	tlogproof "github.com/transparency-dev/formats/proof"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type claims struct {
	Proofs      []string `json:"proofs"`
	Consistency []struct {
		Old  int64    `json:"old"`
		Root string   `json:"root"`
		Path []string `json:"path"`
	} `json:"consistency"`
}

// tiles reads tiles of height 8 from a tlog-tiles directory, which leaves the height out of its paths.
type tiles struct{ directory string }

func (t tiles) Height() int { return 8 }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var read [][]byte
	for _, tile := range wanted {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(t.directory, path))
		if err != nil {
			return nil, err
		}
		read = append(read, data)
	}
	return read, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func main() {
	if len(os.Args) != 5 {
		fmt.Fprintln(os.Stderr, "usage: verify DIRECTORY CLAIMS.json VKEY-0x01 VKEY-0x06")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3], os.Args[4]); err != nil {
		fmt.Fprintln(os.Stderr, "verify:", err)
		os.Exit(1)
	}
}

func run(directory, claimsPath, ed25519Key, mldsaKey string) error {
	raw, err := os.ReadFile(filepath.Join(directory, "checkpoint"))
	if err != nil {
		return err
	}
	checkpoint, err := openCheckpoint(raw, ed25519Key, mldsaKey)
	if err != nil {
		return err
	}
	tree := tlog.Tree{N: int64(checkpoint.Size), Hash: tlog.Hash(checkpoint.Hash)}
	reader := tlog.TileHashReader(tree, tiles{directory})
	root, err := tlog.TreeHash(tree.N, reader)
	if err != nil {
		return fmt.Errorf("root from tiles: %w", err)
	}
	if root != tree.Hash {
		return fmt.Errorf("root from tiles is %v, the checkpoint says %v", root, tree.Hash)
	}
	entries, err := readEntries(directory, tree.N)
	if err != nil {
		return err
	}
	if err := checkEntries(reader, tree, entries); err != nil {
		return err
	}
	var claimed claims
	data, err := os.ReadFile(claimsPath)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, &claimed); err != nil {
		return err
	}
	for _, text := range claimed.Proofs {
		if err := checkProof(text, entries, ed25519Key, mldsaKey); err != nil {
			return fmt.Errorf("tlog-proof: %w", err)
		}
	}
	if err := checkConsistency(reader, tree, claimed); err != nil {
		return err
	}
	fmt.Printf("%s: %d entries, %d proofs, %d earlier sizes verified\n",
		checkpoint.Origin, len(entries), len(claimed.Proofs), len(claimed.Consistency))
	return nil
}

// openCheckpoint demands both signatures; note.Open alone is content with one.
func openCheckpoint(raw []byte, ed25519Key, mldsaKey string) (*logfmt.Checkpoint, error) {
	ed25519Verifier, err := note.NewVerifier(ed25519Key)
	if err != nil {
		return nil, fmt.Errorf("vkey 0x01: %w", err)
	}
	mldsaVerifier, err := cosig.NewMLDSAVerifier(mldsaKey)
	if err != nil {
		return nil, fmt.Errorf("vkey 0x06: %w", err)
	}
	// The Ed25519 line by itself, as a reader that knows nothing of 0x06 would.
	if _, err := note.Open(raw, note.VerifierList(ed25519Verifier)); err != nil {
		return nil, fmt.Errorf("ed25519: %w", err)
	}
	checkpoint, _, opened, err := logfmt.ParseCheckpoint(raw, ed25519Verifier.Name(), ed25519Verifier, mldsaVerifier)
	if err != nil {
		return nil, fmt.Errorf("checkpoint: %w", err)
	}
	if len(opened.Sigs) != 2 || len(opened.UnverifiedSigs) != 0 {
		return nil, fmt.Errorf("expected 2 verified signatures, got %d and %d unverified", len(opened.Sigs), len(opened.UnverifiedSigs))
	}
	return checkpoint, nil
}

func readEntries(directory string, size int64) ([][]byte, error) {
	var entries [][]byte
	for number := int64(0); int64(len(entries)) < size; number++ {
		width := min(256, size-number*256)
		path := strings.Replace(tlog.Tile{H: 8, L: -1, N: number, W: int(width)}.Path(), "tile/8/data/", "tile/entries/", 1)
		data, err := os.ReadFile(filepath.Join(directory, path))
		if err != nil {
			return nil, err
		}
		for ; width > 0; width-- {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				return nil, fmt.Errorf("%s ends inside an entry", path)
			}
			end := 2 + int(binary.BigEndian.Uint16(data))
			entries = append(entries, data[2:end])
			data = data[end:]
		}
		if len(data) != 0 {
			return nil, fmt.Errorf("%s has %d bytes too many", path, len(data))
		}
	}
	return entries, nil
}

// checkEntries compares every entry with its leaf hash, which the reader has
// authenticated against the root, and proves one entry of each hundred by itself.
func checkEntries(reader tlog.HashReader, tree tlog.Tree, entries [][]byte) error {
	indexes := make([]int64, len(entries))
	for index := range entries {
		indexes[index] = tlog.StoredHashIndex(0, int64(index))
	}
	leaves, err := reader.ReadHashes(indexes)
	if err != nil {
		return fmt.Errorf("leaf hashes: %w", err)
	}
	for index, entry := range entries {
		if leaves[index] != tlog.RecordHash(entry) {
			return fmt.Errorf("entry %d differs from its leaf hash", index)
		}
		if index%100 != 0 && index != len(entries)-1 {
			continue
		}
		path, err := tlog.ProveRecord(tree.N, int64(index), reader)
		if err != nil {
			return fmt.Errorf("entry %d: %w", index, err)
		}
		if err := tlog.CheckRecord(path, tree.N, tree.Hash, int64(index), tlog.RecordHash(entry)); err != nil {
			return fmt.Errorf("entry %d: %w", index, err)
		}
	}
	return nil
}

// checkProof takes a tlog-proof text that the ledger made, on its own, as a receipt would be.
func checkProof(text string, entries [][]byte, ed25519Key, mldsaKey string) error {
	var parsed tlogproof.TLogProof
	if err := parsed.Unmarshal([]byte(text)); err != nil {
		return err
	}
	if string(parsed.Marshal()) != text {
		return errors.New("does not marshal to itself")
	}
	checkpoint, err := openCheckpoint(parsed.Checkpoint, ed25519Key, mldsaKey)
	if err != nil {
		return err
	}
	if parsed.Index >= uint64(len(entries)) {
		return fmt.Errorf("index %d is beyond the tree", parsed.Index)
	}
	var path [][]byte
	var record tlog.RecordProof
	for _, hash := range parsed.Hashes {
		path = append(path, hash[:])
		record = append(record, tlog.Hash(hash))
	}
	entry := entries[parsed.Index]
	leaf := rfc6962.DefaultHasher.HashLeaf(entry)
	if err := proof.VerifyInclusion(rfc6962.DefaultHasher, parsed.Index, checkpoint.Size, leaf, path, checkpoint.Hash); err != nil {
		return fmt.Errorf("merkle: %w", err)
	}
	return tlog.CheckRecord(record, int64(checkpoint.Size), tlog.Hash(checkpoint.Hash), int64(parsed.Index), tlog.RecordHash(entry))
}

func checkConsistency(reader tlog.HashReader, tree tlog.Tree, claimed claims) error {
	for _, claim := range claimed.Consistency {
		oldRoot, err := base64.StdEncoding.DecodeString(claim.Root)
		if err != nil || len(oldRoot) != tlog.HashSize {
			return fmt.Errorf("old root of size %d: %v", claim.Old, err)
		}
		want, err := tlog.TreeHash(claim.Old, reader)
		if err != nil || want != tlog.Hash(oldRoot) {
			return fmt.Errorf("old root of size %d is %v, claimed %s: %v", claim.Old, want, claim.Root, err)
		}
		var path [][]byte
		var record tlog.TreeProof
		for _, text := range claim.Path {
			hash, err := base64.StdEncoding.DecodeString(text)
			if err != nil || len(hash) != tlog.HashSize {
				return fmt.Errorf("path of size %d: %v", claim.Old, err)
			}
			path = append(path, hash)
			record = append(record, tlog.Hash(hash))
		}
		if err := proof.VerifyConsistency(rfc6962.DefaultHasher, uint64(claim.Old), uint64(tree.N), path, oldRoot, tree.Hash[:]); err != nil {
			return fmt.Errorf("consistency %d to %d, merkle: %w", claim.Old, tree.N, err)
		}
		if err := tlog.CheckTree(record, tree.N, tree.Hash, claim.Old, want); err != nil {
			return fmt.Errorf("consistency %d to %d, tlog: %w", claim.Old, tree.N, err)
		}
	}
	return nil
}
