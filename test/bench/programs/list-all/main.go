// Lists every object of a cluster the way that client-go's tools do by default, and prints `type/name` lines: the
// preferred version of every type from discovery, one request builder for all of them, whole objects, one type after
// the other. It stands in for programs that work like this where these cannot be had as Go modules.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/cli-runtime/pkg/resource"
	"k8s.io/client-go/discovery"
)

// The server's own log and what is computed on request are nobody's objects, and such programs leave them out.
var leftOut = map[string]bool{"Event": true, "PodMetrics": true}

func main() {
	if err := list(); err != nil {
		fmt.Fprintln(os.Stderr, "list-all:", err)
		os.Exit(1)
	}
}

func list() error {
	flags := genericclioptions.NewConfigFlags(true).WithDeprecatedPasswordFlag()
	client, err := flags.ToDiscoveryClient()
	if err != nil {
		return err
	}
	lists, err := client.ServerPreferredResources()
	if err != nil {
		return err
	}
	infos, err := resource.NewBuilder(flags).Unstructured().
		AllNamespaces(true).
		ResourceTypeOrNameArgs(true, strings.Join(typeNames(lists), ",")).
		RequestChunksOf(500).
		ContinueOnError().
		Latest().
		Flatten().
		Do().
		Infos()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	for _, info := range infos {
		fmt.Fprintf(out, "%s/%s\n", typeName(info.Mapping), info.Name)
	}
	return out.Flush()
}

func typeName(mapping *meta.RESTMapping) string {
	kind := mapping.GroupVersionKind
	if kind.Group == "" {
		return strings.ToLower(kind.Kind)
	}
	return strings.ToLower(kind.Kind) + "." + kind.Group
}

func typeNames(lists []*metav1.APIResourceList) []string {
	listable := discovery.FilteredBy(discovery.SupportsAllVerbs{Verbs: []string{"list"}}, lists)
	var names []string
	for _, list := range listable {
		group, version, isNamed := strings.Cut(list.GroupVersion, "/")
		for _, one := range list.APIResources {
			switch {
			case leftOut[one.Kind]:
			case isNamed:
				names = append(names, one.Name+"."+version+"."+group)
			default:
				names = append(names, one.Name)
			}
		}
	}
	return names
}
