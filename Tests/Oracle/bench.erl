%% The work of `dev bench`, done by the BEAM: one line a row, `name<TAB>value`, in nanoseconds an
%% operation or bytes a process. Each row is the best of several runs; the logger is off. Behind
%% -extra stand the rows to measure; without any, all are.
-module(bench).
-export([main/0, start_worker/0, start_worker/1]).
-export([init/1, handle_call/3, handle_cast/2]).

main() ->
    logger:set_primary_config(level, none),
    process_flag(priority, high),
    io:format("otp\tOTP ~s, ~s~n", [erlang:system_info(otp_release), erlang:system_info(emu_flavor)]),
    row("spawn_run_exit", 5, fun() -> spawns(200000) end),
    row("message_round_trip", 5, fun() -> round_trips(500000) end),
    row("gen_server_call", 5, fun() -> calls(300000) end),
    row("gen_server_cast", 5, fun() -> casts(1000000) end),
    row("kill_to_restarted_one_for_one", 3, fun() -> kills(one_for_one, 1, 10000) end),
    row("kill_to_restarted_one_for_all_10", 3, fun() -> kills(one_for_all, 10, 3000) end),
    row("start_dynamic_child", 3, fun() -> {Start, _} = dynamic(100000), Start end),
    row("stop_dynamic_child", 3, fun() -> {_, Stop} = dynamic(100000), Stop end),
    row("bytes_per_gen_server_100000", 1, fun() -> memory(100000) end),
    row("bytes_per_gen_server_1000000", 1, fun() -> memory(1000000) end),
    halt(0).

row(Name, Times, Work) ->
    Wanted = init:get_plain_arguments(),
    case Wanted =:= [] orelse lists:member(Name, Wanted) of
        true -> measure(Name, Times, Work);
        false -> ok
    end.

measure(Name, Times, Work) ->
    Best = lists:min([fresh(Work) || _ <- lists:seq(1, Times)]),
    io:format("~s\t~.2f~n", [Name, float(Best)]).

%% Each run in a process of its own, so that no heap grows from run to run.
fresh(Work) ->
    Self = self(),
    {_, Ref} = spawn_opt(fun() -> Self ! {result, Work()} end, [monitor, {priority, high}]),
    receive {'DOWN', Ref, process, _, _} -> ok end,
    receive {result, R} -> R end.

per(N, Work) ->
    T0 = erlang:monotonic_time(nanosecond),
    Work(),
    (erlang:monotonic_time(nanosecond) - T0) / N.

spawns(N) -> per(N, fun() -> spawns_loop(N) end).
spawns_loop(0) -> ok;
spawns_loop(N) ->
    {_, Ref} = spawn_monitor(fun() -> ok end),
    receive {'DOWN', Ref, process, _, _} -> ok end,
    spawns_loop(N - 1).

round_trips(N) ->
    Echo = spawn_link(fun echo/0),
    R = per(N, fun() -> round_trips_loop(Echo, N) end),
    unlink(Echo), exit(Echo, kill), R.
round_trips_loop(_, 0) -> ok;
round_trips_loop(Echo, N) ->
    Echo ! {self(), ping},
    receive {Echo, pong} -> ok end,
    round_trips_loop(Echo, N - 1).
echo() -> receive {From, ping} -> From ! {self(), pong}, echo() end.

calls(N) ->
    {ok, Server} = gen_server:start(?MODULE, worker, []),
    R = per(N, fun() -> calls_loop(Server, N) end),
    gen_server:stop(Server), R.
calls_loop(_, 0) -> ok;
calls_loop(Server, N) -> _ = gen_server:call(Server, next), calls_loop(Server, N - 1).

casts(N) ->
    {ok, Server} = gen_server:start(?MODULE, worker, []),
    R = per(N, fun() -> casts_batches(Server, N), N = gen_server:call(Server, count) end),
    gen_server:stop(Server), R.
%% A call after each thousand keeps the mailbox short.
casts_batches(_, 0) -> ok;
casts_batches(Server, N) ->
    casts_loop(Server, 1000),
    _ = gen_server:call(Server, count),
    casts_batches(Server, N - 1000).
casts_loop(_, 0) -> ok;
casts_loop(Server, N) -> gen_server:cast(Server, next), casts_loop(Server, N - 1).

%% From the kill until the supervisor answers with the victim's successor in place. A supervisor
%% looks through the restarts of its whole period at each restart, so each gets only 100.
kills(Strategy, Children, N) ->
    lists:sum([kills(Strategy, Children) || _ <- lists:seq(1, N div 100)]) / (N div 100).
kills(Strategy, Children) ->
    process_flag(trap_exit, true),
    {ok, Sup} = supervisor:start_link(?MODULE, {Strategy, Children, 200}),
    R = per(100, fun() -> kills_loop(Sup, 100) end),
    exit(Sup, shutdown),
    receive {'EXIT', Sup, _} -> ok end, R.
kills_loop(_, 0) -> ok;
kills_loop(Sup, N) ->
    Old = whereis(victim),
    Ref = monitor(process, Old),
    exit(Old, kill),
    receive {'DOWN', Ref, process, _, _} -> ok end,
    _ = supervisor:count_children(Sup),
    true = is_pid(whereis(victim)),
    kills_loop(Sup, N - 1).

dynamic(N) ->
    process_flag(trap_exit, true),
    {ok, Sup} = supervisor:start_link(?MODULE, dynamic),
    Start = per(N, fun() -> dynamic_loop(Sup, N) end),
    Stop = per(N, fun() -> exit(Sup, shutdown), receive {'EXIT', Sup, _} -> ok end end),
    {Start, Stop}.
dynamic_loop(_, 0) -> ok;
dynamic_loop(Sup, N) -> {ok, _} = supervisor:start_child(Sup, []), dynamic_loop(Sup, N - 1).

memory(N) ->
    [erlang:garbage_collect(P) || P <- processes()],
    Before = erlang:memory(processes),
    Pids = [begin {ok, P} = gen_server:start(?MODULE, worker, []), P end || _ <- lists:seq(1, N)],
    [erlang:garbage_collect(P) || P <- Pids],
    Bytes = (erlang:memory(processes) - Before - 16 * N) / N,
    [exit(P, kill) || P <- Pids],
    Bytes.

start_worker() -> gen_server:start_link(?MODULE, worker, []).
start_worker(Name) -> gen_server:start_link({local, Name}, ?MODULE, worker, []).

init(worker) -> {ok, 0};
init(dynamic) ->
    {ok, {#{strategy => simple_one_for_one},
          [#{id => w, start => {?MODULE, start_worker, []}, restart => temporary}]}};
init({Strategy, Children, Intensity}) ->
    Names = [victim | [list_to_atom("w" ++ integer_to_list(I)) || I <- lists:seq(2, Children)]],
    {ok, {#{strategy => Strategy, intensity => Intensity, period => 3600},
          [#{id => Name, start => {?MODULE, start_worker, [Name]}} || Name <- Names]}}.

handle_call(next, _, N) -> {reply, N, N + 1};
handle_call(count, _, N) -> {reply, N, N}.
handle_cast(next, N) -> {noreply, N + 1}.
