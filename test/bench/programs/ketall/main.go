// Lists a cluster by ketall's own client code and prints `kind.group/name` lines, as `ketall -o name` does, with that
// program's defaults: every kind but Event and PodMetrics, no cache of discovery, what cannot be listed is left out.
package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/flanksource/ketall"
	"github.com/flanksource/ketall/options"
	"k8s.io/cli-runtime/pkg/genericclioptions"
)

func main() {
	if err := list(); err != nil {
		fmt.Fprintln(os.Stderr, "ketall:", err)
		os.Exit(1)
	}
}

func list() error {
	objects, err := ketall.KetAll(context.Background(), &options.KetallOptions{
		AllowIncomplete: true,
		Exclusions:      []string{"Event", "PodMetrics"},
		Flags:           &options.KetAllConfigFlags{ConfigFlags: genericclioptions.NewConfigFlags(true)},
	})
	if err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	for _, object := range objects {
		kind := object.GroupVersionKind().GroupKind()
		fmt.Fprintf(out, "%s/%s\n", strings.ToLower(kind.String()), object.GetName())
	}
	return out.Flush()
}
