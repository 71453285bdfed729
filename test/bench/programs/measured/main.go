// Runs a program and says what it took, as the kernel counted it: `measured FILE PROGRAM [ARGUMENT…]`. FILE gets one
// line of JSON. Whatever the program prints goes where this one's output goes; its exit code becomes this one's.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

type usage struct {
	WallMs float64 `json:"wallMs"`
	// In user and system mode together, with all children that were waited for.
	CPUMs float64 `json:"cpuMs"`
	// The largest resident set of any one process among them; Linux counts in KiB.
	PeakKiB int64 `json:"peakKiB"`
	Code    int   `json:"code"`
}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "measured FILE PROGRAM [ARGUMENT…]")
		os.Exit(125)
	}
	command := exec.Command(os.Args[2], os.Args[3:]...)
	command.Stdin, command.Stdout, command.Stderr = os.Stdin, os.Stdout, os.Stderr
	started := time.Now()
	err := command.Run()
	wall := time.Since(started)
	state := command.ProcessState
	counted, isCounted := (*syscall.Rusage)(nil), false
	if state != nil {
		counted, isCounted = state.SysUsage().(*syscall.Rusage)
	}
	if !isCounted {
		fmt.Fprintln(os.Stderr, "measured:", err)
		os.Exit(125)
	}
	line, err := json.Marshal(usage{
		WallMs:  wall.Seconds() * 1000,
		CPUMs:   (state.UserTime() + state.SystemTime()).Seconds() * 1000,
		PeakKiB: int64(counted.Maxrss),
		Code:    state.ExitCode(),
	})
	if err == nil {
		err = os.WriteFile(os.Args[1], line, 0o600)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "measured:", err)
		os.Exit(125)
	}
	os.Exit(state.ExitCode())
}
