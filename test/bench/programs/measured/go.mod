module bench/measured

go 1.26.0
