%% Rules of OTP, checked on the installed OTP. A check is named after its rule in ../rules.txt.
-module(claims).

-compile([export_all, nowarn_export_all]).

main() ->
    logger:remove_handler(default),
    Exports = (?MODULE):module_info(exports),
    Checks = lists:sort([F || {F, 0} <- Exports, lists:prefix("c_", atom_to_list(F))]),
    Failed = [F || F <- Checks, not check(F)],
    io:format("OTP ~s: ~w passed, ~w failed~n",
              [erlang:system_info(otp_release), length(Checks) - length(Failed), length(Failed)]),
    halt(min(length(Failed), 1)).

%% Some checks wait for what has to happen meanwhile, or happens too soon on a busy machine: such a
%% check is tried again with longer waits, and with the same.
check(F) -> check(F, [1, 1, 3, 1, 10, 1, 30, 1]).

%% Each in a process of its own, which says true or is wrong.
check(F, [Factor | Tries]) ->
    persistent_term:put(?MODULE, Factor),
    {P, R} = spawn_monitor(fun () ->
                                   true = (?MODULE):F(),
                                   exit(good)
                           end),
    receive
        {'DOWN', R, _, _, good} -> true;
        {'DOWN', R, _, _, _} when Tries =/= [] -> check(F, Tries);
        {'DOWN', R, _, _, Why} ->
            io:format("FAIL ~s: ~p~n", [F, Why]),
            false
        after 60000 ->
            exit(P, kill),
            io:format("FAIL ~s: no end~n", [F]),
            false
    end.

%% Waits for what takes no time on an idle machine.
nap(Milliseconds) -> timer:sleep(ms(Milliseconds)).

ms(Milliseconds) -> Milliseconds * persistent_term:get(?MODULE, 1).

spawn_wait() -> spawn(fun () -> receive stop -> ok end end).

trapper(To) ->
    spawn(fun () ->
                  process_flag(trap_exit, true),
                  To ! {ready, self()},
                  tloop(To)
          end).

tloop(To) ->
    receive
        {die, R} -> exit(R);
        M ->
            To ! {got, self(), M},
            tloop(To)
    end.

ready(P) -> receive {ready, P} -> P end.

down(P) ->
    R = monitor(process, P),
    receive {'DOWN', R, process, P, W} -> W after ms(2000) -> timeout end.

got(P) -> receive {got, P, M} -> M after ms(300) -> none end.

alive(P) ->
    nap(30),
    is_process_alive(P).

msg() -> msg(300).

msg(T) -> receive M -> M after ms(T) -> none end.

flush() -> receive _ -> flush() after 0 -> ok end.

%% ---- processes and signals
c_P01_exit_normal_ignored_by_nontrapping() ->
    P = spawn_wait(),
    exit(P, normal),
    alive(P).

c_P01_exit_abnormal_kills_nontrapping() ->
    P = spawn_wait(),
    R = monitor(process, P),
    exit(P, boom),
    {'DOWN', R, process, P, boom} =:= msg().

c_P02_trapping_gets_message() ->
    P = ready(trapper(self())),
    exit(P, boom),
    {'EXIT', self(), boom} =:= got(P).

c_P02_trapping_gets_normal_too() ->
    P = ready(trapper(self())),
    exit(P, normal),
    {'EXIT', self(), normal} =:= got(P).

c_P03_kill_untrappable_reason_killed() ->
    P = ready(trapper(self())),
    R = monitor(process, P),
    exit(P, kill),
    receive {'DOWN', R, _, _, W} -> W =:= killed after ms(1000) -> false end.

c_P04_kill_from_link_is_trappable() ->
    %% a process that exits with reason kill by itself: the link signal is kill but does not kill trappers
    P = ready(trapper(self())),
    Q = spawn(fun () ->
                      link(P),
                      receive go -> exit(kill) end
              end),
    nap(20),
    Q ! go,
    {'EXIT', Q, kill} =:= got(P).

c_P04_kill_from_link_kills_nontrapping_with_kill() ->
    P = spawn_wait(),
    R = monitor(process, P),
    Q = spawn(fun () ->
                      link(P),
                      receive go -> exit(kill) end
              end),
    nap(20),
    Q ! go,
    receive {'DOWN', R, _, _, W} -> W =:= kill after ms(1000) -> false end.

c_P05_killed_propagates_as_killed() ->
    P = ready(trapper(self())),
    Q = spawn(fun () ->
                      link(P),
                      receive go -> ok end
              end),
    nap(20),
    exit(Q, kill),
    {'EXIT', Q, killed} =:= got(P).

c_P06_link_normal_exit_does_not_kill() ->
    P = spawn_wait(),
    Q = spawn(fun () ->
                      link(P),
                      receive go -> ok end
              end),
    nap(20),
    Q ! go,
    alive(P).

c_P06_link_abnormal_kills_with_same_reason() ->
    P = spawn_wait(),
    R = monitor(process, P),
    Q = spawn(fun () ->
                      link(P),
                      receive go -> exit({a, b}) end
              end),
    nap(20),
    Q ! go,
    receive {'DOWN', R, _, _, W} -> W =:= {a, b} after ms(1000) -> false end.

c_P07_exit_self_normal_kills_nontrapping() ->
    %% exit/2 to self with normal does exit a non-trapping process
    P = spawn(fun () ->
                      exit(self(), normal),
                      receive stop -> ok end
              end),
    normal =:= down2(P).

down2(P) ->
    R = monitor(process, P),
    receive
        {'DOWN', R, _, _, W} ->
            case W of
                noproc -> normal;
                _ -> W
            end
        after ms(500) -> timeout
    end.

c_P07_exit_self_normal_trapping_is_message() ->
    S = self(),
    spawn(fun () ->
                  process_flag(trap_exit, true),
                  exit(self(), normal),
                  S ! {r, receive {'EXIT', P, W} -> {P =:= self(), W} after ms(200) -> none end}
          end),
    receive {r, X} -> X =:= {true, normal} end.

c_P08_link_to_dead_noproc_trapping() ->
    process_flag(trap_exit, true),
    P = spawn(fun () -> ok end),
    down(P),
    true = link(P),
    {'EXIT', P, noproc} =:= msg().

c_P08_link_to_dead_nontrapping_dies_noproc() ->
    P = spawn(fun () -> ok end),
    down(P),
    {Q, R} = spawn_monitor(fun () ->
                                   link(P),
                                   receive stop -> ok end
                           end),
    case msg() of
        {'DOWN', R, process, Q, {noproc, [_ | _]}} -> true;
        X -> {got, X}
    end.

c_P08_link_to_dead_nontrapping_is_catchable() ->
    P = spawn(fun () -> ok end),
    down(P),
    try link(P), false catch error:noproc -> true end.

c_P10_unlink_no_exit_message_afterwards() ->
    process_flag(trap_exit, true),
    P = spawn_link(fun () -> receive stop -> exit(boom) end end),
    unlink(P),
    P ! stop,
    none =:= msg(100).

c_P10_unlink_after_exit_message_may_be_in_queue() ->
    process_flag(trap_exit, true),
    P = spawn_link(fun () -> exit(boom) end),
    nap(50),
    unlink(P),
    {'EXIT', P, boom} =:= msg().

c_P09_links_bidirectional_and_not_counted() ->
    P = spawn_wait(),
    link(P),
    link(P),
    unlink(P),
    exit(P, boom),
    nap(30),
    none =:= msg(50).

c_P11_monitor_dead_is_noproc() ->
    P = spawn(fun () -> ok end),
    nap(30),
    R = monitor(process, P),
    {'DOWN', R, process, P, noproc} =:= msg().

c_P11_monitor_gets_reason() ->
    P = spawn_wait(),
    R = monitor(process, P),
    exit(P, {x, 1}),
    {'DOWN', R, process, P, {x, 1}} =:= msg().

c_P12_monitors_stack() ->
    P = spawn_wait(),
    R1 = monitor(process, P),
    R2 = monitor(process, P),
    P ! stop,
    L = lists:sort([msg(), msg()]),
    L =:= lists:sort([{'DOWN', R1, process, P, normal}, {'DOWN', R2, process, P, normal}]).

c_P13_demonitor_then_no_down() ->
    P = spawn_wait(),
    R = monitor(process, P),
    demonitor(R),
    P ! stop,
    none =:= msg(100).

c_P13_demonitor_leaves_queued_down() ->
    P = spawn(fun () -> ok end),
    R = monitor(process, P),
    nap(30),
    demonitor(R),
    {'DOWN', R, process, P, W} = msg(),
    lists:member(W, [normal, noproc]).

c_P13_demonitor_flush() ->
    P = spawn(fun () -> ok end),
    R = monitor(process, P),
    nap(30),
    true = demonitor(R, [flush]),
    none =:= msg(50).

c_P13_demonitor_info() ->
    P = spawn_wait(),
    R = monitor(process, P),
    true = demonitor(R, [info]),
    false =:= demonitor(R, [info]).

c_P14_monitor_self_never_fires() ->
    R = monitor(process, self()),
    is_reference(R) andalso none =:= msg(30).

c_P15_monitor_by_name() ->
    P = spawn_wait(),
    register(p15, P),
    R = monitor(process, p15),
    P ! stop,
    {'DOWN', R, process, {p15, node()}, normal} =:= msg().

c_P15_monitor_unregistered_name() ->
    R = monitor(process, p15_nope),
    {'DOWN', R, process, {p15_nope, node()}, noproc} =:= msg().

c_P16_signals_between_a_pair_are_ordered() ->
    P = ready(trapper(self())),
    [P ! {n, I} || I <- lists:seq(1, 50)],
    exit(P, mid),
    [P ! {n, I} || I <- lists:seq(51, 60)],
    [got(P) || _ <- lists:seq(1, 61)] =:=
        [{n, I} || I <- lists:seq(1, 50)] ++
            [{'EXIT', self(), mid}] ++ [{n, I} || I <- lists:seq(51, 60)].

c_P16_two_exit_signals_first_wins() ->
    P = spawn_wait(),
    R = monitor(process, P),
    exit(P, first),
    exit(P, kill),
    {'DOWN', R, _, _, W} = msg(),
    W =:= first.

c_P16_message_then_down() ->
    S = self(),
    P = spawn(fun () ->
                      receive
                          go ->
                              S ! last_words,
                              exit(x)
                      end
              end),
    R = monitor(process, P),
    P ! go,
    last_words =:= msg() andalso {'DOWN', R, process, P, x} =:= msg().

c_P17_is_process_alive_after_exit_signal() ->
    P = spawn_wait(),
    exit(P, kill),
    false =:= is_process_alive(P).

c_P18_send_to_dead_pid_is_silent() ->
    P = spawn(fun () -> ok end),
    nap(10),
    hello =:= (P ! hello).

c_P18_send_to_unregistered_name_badarg() ->
    try nope_nope ! x, false catch error:badarg -> true end.

c_P19_uncaught_error_reason_has_stack() ->
    P = spawn(fun () -> error(bad) end),
    case down3x(fun () -> error(bad) end) of
        {bad, [_ | _]} -> is_pid(P);
        _ -> false
    end.

down3x(F) ->
    {_, R} = spawn_monitor(F),
    receive {'DOWN', R, _, _, W} -> W end.

c_P19_uncaught_exit() -> foo =:= down3x(fun () -> exit(foo) end).

c_P19_uncaught_throw() ->
    case down3x(fun () -> throw(foo) end) of
        {{nocatch, foo}, [_ | _]} -> true;
        _ -> false
    end.

c_P19_return_is_normal() -> normal =:= down3x(fun () -> whatever end).

c_P20_untrap_does_not_convert_queued() ->
    process_flag(trap_exit, true),
    P = spawn_link(fun () -> exit(b) end),
    nap(30),
    process_flag(trap_exit, false),
    {'EXIT', P, b} =:= msg().

c_P21_selective_receive_keeps_order() ->
    self() ! a,
    self() ! b,
    self() ! c,
    receive b -> ok end,
    {a, c} =:= {msg(), msg()}.

c_P21_receive_after_zero_scans_queue() ->
    self() ! a,
    self() ! b,
    b =:= receive b -> b after 0 -> none end.

c_P22_spawn_link_atomic() ->
    process_flag(trap_exit, true),
    P = spawn_link(fun () -> exit(now) end),
    {'EXIT', P, now} =:= msg().

c_P22_spawn_monitor_atomic() ->
    {P, R} = spawn_monitor(fun () -> exit(now) end),
    {'DOWN', R, process, P, now} =:= msg().

c_P23_alias_dropped_after_unalias() ->
    A = alias(),
    A ! one,
    one = msg(),
    unalias(A),
    A ! two,
    none =:= msg(50).

c_P24_exit_signal_badarg_reason_any_term() ->
    P = ready(trapper(self())),
    exit(P, {any, [term], #{}}),
    {'EXIT', self(), {any, [term], #{}}} =:= got(P).

c_P25_process_dictionary_is_private() ->
    put(k, 1),
    S = self(),
    spawn(fun () -> S ! get(k) end),
    undefined =:= msg().

c_P26_group_leader_inherited() ->
    S = self(),
    spawn(fun () -> S ! group_leader() end),
    group_leader() =:= msg().

%% ---- registry
c_R01_register_whereis() ->
    P = spawn_wait(),
    true = register(r01, P),
    P = whereis(r01),
    true = unregister(r01),
    undefined =:= whereis(r01).

c_R02_register_twice_badarg() ->
    P = spawn_wait(),
    register(r02, P),
    try register(r02, self()), false catch error:badarg -> true end.

c_R02_one_name_per_process() ->
    P = spawn_wait(),
    register(r02a, P),
    try register(r02b, P), false catch error:badarg -> true end.

c_R02_undefined_not_allowed() ->
    try register(undefined, self()), false catch error:badarg -> true end.

c_R02_register_dead_badarg() ->
    P = spawn(fun () -> ok end),
    nap(20),
    try register(r02c, P), false catch error:badarg -> true end.

c_R03_name_freed_on_exit_before_down() ->
    P = spawn_wait(),
    register(r03, P),
    R = monitor(process, P),
    exit(P, kill),
    receive {'DOWN', R, _, _, _} -> undefined =:= whereis(r03) end.

c_R04_unregister_unknown_badarg() ->
    try unregister(r04_nope), false catch error:badarg -> true end.

c_R05_global_register_and_reregister() ->
    yes = global:register_name({g, 1}, self()),
    no = global:register_name({g, 1}, self()),
    yes = global:re_register_name({g, 1}, self()),
    S = self(),
    S = global:whereis_name({g, 1}),
    _ = global:unregister_name({g, 1}),
    undefined =:= global:whereis_name({g, 1}).

c_R06_gen_name_taken() ->
    {ok, P} = gen_server:start({local, r06}, claims_gs, [], []),
    {error, {already_started, P}} =:= gen_server:start({local, r06}, claims_gs, [], []).

c_R07_pg_groups() ->
    {ok, _} = pg:start_link(sc),
    P = spawn_wait(),
    ok = pg:join(sc, g, P),
    ok = pg:join(sc, g, P),
    [P, P] = pg:get_members(sc, g),
    ok = pg:leave(sc, g, P),
    [P] = pg:get_members(sc, g),
    exit(P, kill),
    nap(50),
    [] =:= pg:get_members(sc, g).

%% ---- timers
c_T01_send_after() ->
    erlang:send_after(10, self(), hi),
    hi =:= msg().

c_T02_start_timer_message_form() ->
    R = erlang:start_timer(10, self(), x),
    {timeout, R, x} =:= msg().

c_T03_cancel_returns_left_and_stops() ->
    R = erlang:send_after(500, self(), hi),
    N = erlang:cancel_timer(R),
    N > 300 andalso N =< 500 andalso none =:= msg(30).

c_T03_cancel_fired_false_message_stays() ->
    R = erlang:send_after(1, self(), hi),
    nap(30),
    false = erlang:cancel_timer(R),
    hi =:= msg(0).

c_T03_cancel_twice_false() ->
    R = erlang:send_after(500, self(), hi),
    erlang:cancel_timer(R),
    false =:= erlang:cancel_timer(R).

c_T04_read_timer() ->
    R = erlang:send_after(500, self(), hi),
    N = erlang:read_timer(R),
    erlang:cancel_timer(R),
    is_integer(N) andalso false =:= erlang:read_timer(R).

c_T05_timer_to_dead_is_dropped() ->
    P = spawn(fun () -> ok end),
    R = erlang:send_after(500, P, hi),
    nap(30),
    false =:= erlang:read_timer(R).

c_T05_timer_to_name_resolved_at_expiry() ->
    erlang:send_after(40, t05, hi),
    register(t05, self()),
    hi =:= msg().

c_T06_after_infinity_and_zero() -> zero =:= receive never -> x after 0 -> zero end.

c_T02_order_of_timeouts() ->
    erlang:send_after(60, self(), c),
    erlang:send_after(20, self(), a),
    erlang:send_after(40, self(), b),
    [a, b, c] =:= [msg(), msg(), msg()].

c_T07_negative_badarg() ->
    try erlang:send_after(-1, self(), x), false catch error:badarg -> true end.

c_T08_send_interval() ->
    {ok, T} = timer:send_interval(10, tick),
    tick = msg(),
    tick = msg(),
    {ok, cancel} = timer:cancel(T),
    true.

c_T09_monotonic() ->
    A = erlang:monotonic_time(),
    B = erlang:monotonic_time(),
    B >= A.

c_T02_not_early() ->
    T0 = erlang:monotonic_time(millisecond),
    erlang:send_after(30, self(), x),
    msg(),
    erlang:monotonic_time(millisecond) - T0 >= 30.

%% ---- gen_server (claims_gs interprets funs)
gs(Init) -> gen_server:start(claims_gs, Init, []).

gsl(Init) -> gen_server:start_link(claims_gs, Init, []).

c_GS01_init_ok() ->
    {ok, P} = gs(fun () -> {ok, 1} end),
    1 =:= sys:get_state(P).

c_GS02_init_stop() ->
    process_flag(trap_exit, true),
    {error, why} =:= gsl(fun () -> {stop, why} end) andalso begin nap(20), true end.

c_GS02_init_stop_exit_signal_consumed_or_not() ->
    process_flag(trap_exit, true),
    {error, why} = gsl(fun () -> {stop, why} end),
    M = msg(100),
    case list_to_integer(erlang:system_info(otp_release)) >= 26 of
        true -> M =:= none;
        false ->
            case M of
                {'EXIT', _, why} -> true;
                _ -> {got, M}
            end
    end.

c_GS02_init_stop_nontrapping_caller_lives() ->
    %% start_link from a non-trapping process: the exit signal of a failing init (reason not normal) may kill the caller
    {_, R} = spawn_monitor(fun () ->
                                   {error, why} = gsl(fun () -> {stop, why} end),
                                   nap(50),
                                   exit(survived)
                           end),
    receive
        {'DOWN', R, _, _, W} ->
            case list_to_integer(erlang:system_info(otp_release)) >= 26 of
                true -> W =:= survived orelse W =:= why;
                false -> W =:= why
            end
    end.

c_GS03_init_ignore() -> ignore =:= gs(fun () -> ignore end).

c_GS03_init_ignore_link_signal_normal() ->
    process_flag(trap_exit, true),
    ignore = gsl(fun () -> ignore end),
    case msg(100) of
        none -> true;
        {'EXIT', _, normal} -> true;
        X -> {got, X}
    end.

c_GS04_init_exit() -> {error, bye} =:= gs(fun () -> exit(bye) end).

c_GS04_init_error() ->
    case gs(fun () -> error(bye) end) of
        {error, {bye, [_ | _]}} -> true;
        X -> {got, X}
    end.

c_GS04_init_throw_is_return_value() ->
    {ok, P} = gs(fun () -> throw({ok, 7}) end),
    7 =:= sys:get_state(P).

c_GS04_init_bad_return() -> {error, {bad_return_value, hello}} =:= gs(fun () -> hello end).

c_GS04_init_error_tuple_26() ->
    %% {error,Reason} from init is valid from OTP 26 on
    R = gs(fun () -> {error, soft} end),
    case list_to_integer(erlang:system_info(otp_release)) >= 26 of
        true -> R =:= {error, soft};
        false -> R =:= {error, {bad_return_value, {error, soft}}}
    end.

c_GS05_init_timeout() ->
    S = self(),
    {ok, _} = gs(fun () ->
                         {ok,
                          fun (info, M) ->
                                  S ! M,
                                  {noreply, x}
                          end,
                          20}
                 end),
    timeout =:= msg().

c_GS05_timeout_cancelled_by_message() ->
    S = self(),
    {ok, P} = gs(fun () ->
                         {ok,
                          fun (info, M) ->
                                  S ! M,
                                  {noreply, self_fun()}
                          end,
                          50}
                 end),
    P ! hello,
    hello = msg(),
    none =:= msg(120).

self_fun() -> x.

c_GS05_timeout_zero_before_queue() ->
    S = self(),
    {ok, P} = gs(fun () ->
                         self() ! queued,
                         {ok,
                          fun F(info, M) ->
                                  S ! M,
                                  {noreply, F}
                          end,
                          0}
                 end),
    _ = P,
    queued =:= msg().

c_GS06_continue_first() ->
    S = self(),
    {ok, _} = gs(fun () ->
                         self() ! queued,
                         {ok,
                          fun F(K, M) ->
                                  S ! {K, M},
                                  {noreply, F}
                          end,
                          {continue, go}}
                 end),
    {continue, go} = msg(),
    {info, queued} =:= msg().

c_GS06_start_returns_before_continue() ->
    {ok, P} = gs(fun () ->
                         {ok,
                          fun (continue, _) ->
                                  nap(100),
                                  {noreply, x}
                          end,
                          {continue, go}}
                 end),
    is_pid(P).

c_GS07_hibernate() ->
    {ok, P} = gs(fun () -> {ok, 1, hibernate} end),
    nap(20),
    {current_function, {_, F, _}} = process_info(P, current_function),
    lists:member(F, [hibernate, loop_hibernate]) andalso 1 =:= sys:get_state(P).

c_GS08_call_reply() ->
    {ok, P} = gs(fun () -> {ok, fun F(call, M) -> {reply, {re, M}, F} end} end),
    {re, x} =:= gen_server:call(P, x).

c_GS08_call_noreply_then_reply() ->
    {ok, P} = gs(fun () ->
                         {ok,
                          fun F(callf, {M, From}) ->
                                  spawn(fun () ->
                                                nap(20),
                                                gen_server:reply(From, {late, M})
                                        end),
                                  {noreply, F}
                          end}
                 end),
    {late, x} =:= gen_server:call(P, x).

c_GS09_call_timeout_exits_caller() ->
    {ok, P} = gs(fun () -> {ok, fun F(callf, _) -> {noreply, F} end} end),
    try gen_server:call(P, x, 20) catch
        exit:{timeout, {gen_server, call, [P, x, 20]}} -> is_process_alive(P)
    end.

c_GS09_late_reply_dropped() ->
    {ok, P} = gs(fun () ->
                         {ok,
                          fun F(call, _) ->
                                  nap(60),
                                  {reply, late, F}
                          end}
                 end),
    catch gen_server:call(P, x, 20),
    none =:= msg(150).

c_GS09_default_timeout_5000() ->
    {ok, P} = gs(fun () -> {ok, fun F(callf, _) -> {noreply, F} end} end),
    T0 = erlang:monotonic_time(millisecond),
    catch gen_server:call(P, x),
    D = erlang:monotonic_time(millisecond) - T0,
    D >= 5000 andalso D < 5600.

c_GS10_call_noproc() ->
    try gen_server:call(gs10_nope, x) catch
        exit:{noproc, {gen_server, call, [gs10_nope, x]}} -> true
    end.

c_GS10_call_dead_pid_noproc() ->
    P = spawn(fun () -> ok end),
    nap(20),
    try gen_server:call(P, x) catch exit:{noproc, _} -> true end.

c_GS10_call_server_dies() ->
    {ok, P} = gs(fun () -> {ok, fun (call, _) -> exit(boom) end} end),
    try gen_server:call(P, x) catch exit:{boom, {gen_server, call, _}} -> true end.

c_GS10_call_server_stops_without_reply() ->
    {ok, P} = gs(fun () -> {ok, fun (call, _) -> {stop, normal, s} end} end),
    try gen_server:call(P, x) catch exit:{normal, _} -> true end.

c_GS10_call_stop_with_reply() ->
    {ok, P} = gs(fun () -> {ok, fun (call, _) -> {stop, normal, bye, s} end} end),
    bye =:= gen_server:call(P, x) andalso begin nap(20), not is_process_alive(P) end.

c_GS10_call_self() ->
    {ok, P} = gs(fun () ->
                         {ok,
                          fun F(call, _) ->
                                  R = catch gen_server:call(self(), y),
                                  {reply, R, F}
                          end}
                 end),
    case gen_server:call(P, x) of
        {'EXIT', {calling_self, _}} -> true;
        X -> {got, X}
    end.

c_GS11_cast_always_ok() ->
    ok = gen_server:cast(gs11_nope, x),
    P = spawn(fun () -> ok end),
    nap(10),
    ok =:= gen_server:cast(P, x).

c_GS13_terminate_on_stop() ->
    S = self(),
    {ok, P} = gs(fun () -> {ok, fun (cast, _) -> {stop, {shutdown, x}, {t, S}} end} end),
    R = monitor(process, P),
    gen_server:cast(P, go),
    {terminate, {shutdown, x}} = msg(),
    {'DOWN', R, process, P, {shutdown, x}} =:= msg().

c_GS13_terminate_on_crash_error() ->
    S = self(),
    {ok, P} = gs(fun () ->
                         {ok,
                          fun (cast, _) ->
                                  put(term, S),
                                  error(oops)
                          end}
                 end),
    gen_server:cast(P, go),
    case msg() of
        {terminate, {oops, [_ | _]}} -> true;
        X -> {got, X}
    end.

c_GS13_terminate_on_bad_return() ->
    S = self(),
    {ok, P} = gs(fun () ->
                         {ok,
                          fun (cast, _) ->
                                  put(term, S),
                                  rubbish
                          end}
                 end),
    R = monitor(process, P),
    gen_server:cast(P, go),
    {terminate, {bad_return_value, rubbish}} = msg(),
    {'DOWN', R, _, _, {bad_return_value, rubbish}} = msg(),
    true.

c_GS14_throw_in_callback_is_return() ->
    {ok, P} = gs(fun () -> {ok, fun F(call, _) -> throw({reply, thrown, F}) end} end),
    thrown =:= gen_server:call(P, x).

c_GS15_parent_exit_trapping_terminates() ->
    S = self(),
    Par = spawn(fun () ->
                        {ok, P} = gsl(fun () ->
                                              process_flag(trap_exit, true),
                                              {ok, {t, S}}
                                      end),
                        S ! {srv, P},
                        receive go -> exit(parent_gone) end
                end),
    P = receive {srv, X} -> X end,
    R = monitor(process, P),
    Par ! go,
    {terminate, parent_gone} = msg(),
    {'DOWN', R, process, P, parent_gone} =:= msg().

c_GS15_parent_exit_nontrapping_no_terminate() ->
    S = self(),
    Par = spawn(fun () ->
                        {ok, P} = gsl(fun () -> {ok, {t, S}} end),
                        S ! {srv, P},
                        receive go -> exit(parent_gone) end
                end),
    P = receive {srv, X} -> X end,
    R = monitor(process, P),
    Par ! go,
    {'DOWN', R, process, P, parent_gone} =:= msg().

c_GS15_parent_normal_exit_trapping_terminates_normal() ->
    S = self(),
    Par = spawn(fun () ->
                        {ok, P} = gsl(fun () ->
                                              process_flag(trap_exit, true),
                                              {ok, {t, S}}
                                      end),
                        S ! {srv, P},
                        receive go -> ok end
                end),
    P = receive {srv, X} -> X end,
    R = monitor(process, P),
    Par ! go,
    {terminate, normal} = msg(),
    {'DOWN', R, process, P, normal} =:= msg().

c_GS15_parent_normal_exit_nontrapping_survives() ->
    S = self(),
    Par = spawn(fun () ->
                        {ok, P} = gsl(fun () -> {ok, {t, S}} end),
                        S ! {srv, P},
                        receive go -> ok end
                end),
    P = receive {srv, X} -> X end,
    Par ! go,
    alive(P).

c_GS15_other_exit_is_info() ->
    S = self(),
    {ok, P} = gs(fun () ->
                         process_flag(trap_exit, true),
                         {ok,
                          fun F(info, M) ->
                                  S ! M,
                                  {noreply, F}
                          end}
                 end),
    exit(P, boom),
    {'EXIT', S, boom} =:= msg().

c_GS18_stop_api() ->
    S = self(),
    {ok, P} = gs(fun () -> {ok, {t, S}} end),
    ok = gen_server:stop(P),
    {terminate, normal} = msg(),
    not is_process_alive(P).

c_GS18_stop_reason_and_noproc() ->
    {ok, P} = gs(fun () -> {ok, x} end),
    ok = gen_server:stop(P, shutdown, 1000),
    try gen_server:stop(P) catch
        exit:noproc -> true;
        exit:{noproc, _} -> true
    end.

c_GS18_stop_timeout() ->
    {ok, P} = gs(fun () -> {ok, {slow, 300}} end),
    try gen_server:stop(P, normal, 30) catch
        exit:timeout -> true;
        exit:{timeout, _} -> true
    end.

c_GS12_other_unexpected_call_message_kinds() ->
    S = self(),
    {ok, P} = gs(fun () ->
                         {ok,
                          fun F(K, M) ->
                                  S ! {K, M},
                                  {noreply, F}
                          end}
                 end),
    P ! plain,
    gen_server:cast(P, c),
    [{info, plain}, {cast, c}] =:= [msg(), msg()].

c_SY02_code_change() ->
    {ok, P} = gs(fun () -> {ok, 1} end),
    ok = sys:suspend(P),
    ok = sys:change_code(P, claims_gs, v1, extra),
    ok = sys:resume(P),
    {changed, 1, v1, extra} =:= sys:get_state(P).

c_SY02_change_code_needs_suspend() ->
    {ok, P} = gs(fun () -> {ok, 1} end),
    {error, {unknown_system_msg, _}} = sys:change_code(P, claims_gs, v1, extra),
    true.

c_SY01_suspended_does_not_handle() ->
    S = self(),
    {ok, P} = gs(fun () ->
                         {ok,
                          fun F(info, M) ->
                                  S ! M,
                                  {noreply, F}
                          end}
                 end),
    sys:suspend(P),
    P ! hi,
    none = msg(50),
    sys:resume(P),
    hi =:= msg().

c_SY01_suspended_parent_exit_terminates() ->
    S = self(),
    Par = spawn(fun () ->
                        {ok, P} = gsl(fun () ->
                                              process_flag(trap_exit, true),
                                              {ok, {t, S}}
                                      end),
                        S ! {srv, P},
                        receive go -> exit(gone) end
                end),
    P = receive {srv, X} -> X end,
    sys:suspend(P),
    Par ! go,
    {terminate, gone} =:= msg().

c_SY03_get_replace_state() ->
    {ok, P} = gs(fun () -> {ok, 1} end),
    2 = sys:replace_state(P, fun (X) -> X + 1 end),
    2 =:= sys:get_state(P).

c_SY03_replace_state_fun_crash() ->
    {ok, P} = gs(fun () -> {ok, 1} end),
    _ = catch sys:replace_state(P, fun (_) -> error(x) end),
    1 =:= sys:get_state(P).

c_SY06_get_state_timeout() ->
    {ok, P} = gs(fun () ->
                         {ok,
                          fun (info, _) ->
                                  nap(200),
                                  {noreply, x}
                          end}
                 end),
    P ! go,
    try sys:get_state(P, 20) catch exit:{timeout, _} -> true end.

c_SY04_sys_log_and_statistics() ->
    {ok, P} = gs(fun () -> {ok, fun F(call, _) -> {reply, ok, F} end} end),
    ok = sys:statistics(P, true),
    ok = sys:log(P, true),
    gen_server:call(P, a),
    {ok, St} = sys:statistics(P, get),
    {ok, L} = sys:log(P, get),
    1 =:= proplists:get_value(messages_in, St) andalso length(L) > 0.

c_SY04_sys_install() ->
    S = self(),
    {ok, P} = gs(fun () -> {ok, fun F(call, _) -> {reply, ok, F} end} end),
    ok = sys:install(P,
                     {fun (A, Ev, _) ->
                              S ! {ev, Ev},
                              A
                      end,
                      a}),
    gen_server:call(P, q),
    case msg() of
        {ev, {in, {'$gen_call', _, q}}} -> true;
        {ev, {in, {'$gen_call', _, q}, _}} -> true;
        X -> {got, X}
    end.

c_SY05_sys_terminate() ->
    S = self(),
    {ok, P} = gs(fun () -> {ok, {t, S}} end),
    ok = sys:terminate(P, bye),
    {terminate, bye} =:= msg().

c_GS19_start_timeout() ->
    T0 = erlang:monotonic_time(millisecond),
    {error, timeout} = gen_server:start(claims_gs,
                                        fun () ->
                                                nap(2000),
                                                {ok, x}
                                        end,
                                        [{timeout, 50}]),
    erlang:monotonic_time(millisecond) - T0 < 1500.

c_GS20_send_request() ->
    {ok, P} = gs(fun () -> {ok, fun F(call, M) -> {reply, {re, M}, F} end} end),
    R = gen_server:send_request(P, a),
    {reply, {re, a}} =:= gen_server:receive_response(R, 500).

c_GS20_send_request_dead() ->
    P = spawn(fun () -> ok end),
    nap(10),
    R = gen_server:send_request(P, a),
    {error, {noproc, P}} =:= gen_server:receive_response(R, 500).

c_GS21_enter_loop() ->
    S = self(),
    P = proc_lib:spawn(fun () -> gen_server:enter_loop(claims_gs, [], {t, S}) end),
    ok = gen_server:stop(P),
    {terminate, normal} =:= msg().

c_GS21_start_monitor() ->
    {ok, {P, R}} = gen_server:start_monitor(claims_gs, fun () -> {ok, x} end, []),
    exit(P, kill),
    {'DOWN', R, process, P, killed} =:= msg().

c_GS02_nolink_start_init_stop_no_signal() ->
    process_flag(trap_exit, true),
    {error, why} = gs(fun () -> {stop, why} end),
    none =:= msg(50).

c_GS13_kill_no_terminate() ->
    S = self(),
    {ok, P} = gs(fun () ->
                         process_flag(trap_exit, true),
                         {ok, {t, S}}
                 end),
    exit(P, kill),
    none =:= msg(50).

c_GS22_missing_handle_info_is_not_fatal() ->
    {ok, P} = gen_server:start(claims_min, [], []),
    P ! foo,
    alive(P).

c_GS22_missing_terminate_ok() ->
    {ok, P} = gen_server:start(claims_min, [], []),
    ok =:= gen_server:stop(P).

c_GS07_hibernate_after() ->
    {ok, P} = gen_server:start(claims_gs, fun () -> {ok, x} end, [{hibernate_after, 20}]),
    nap(60),
    {current_function, {_, F, _}} = process_info(P, current_function),
    lists:member(F, [hibernate, loop_hibernate]).

%% ---- supervisors: what the recorded scenarios do not show
c_S123_progress_reports() ->
    S = self(),
    logger:set_primary_config(level, all),
    logger:add_handler(progress, claims_log, #{level => all, config => #{pid => S}}),
    {ok, Sup} = supervisor:start_link(claims_sup,
                                      {#{}, [#{id => a, start => {claims, wstart, []}}]}),
    {ok, _} = supervisor:start_child(Sup, #{id => b, start => {claims, wstart, []}}),
    logger:remove_handler(progress),
    logger:set_primary_config(level, none),
    ByHand = case release() >= 27 of
                 true -> debug;
                 false -> info
             end,
    [{progress, info, a}, {progress, ByHand, b}] =:= collect().

c_S82_start_child_already_started_outside() ->
    {ok, Sup} = supervisor:start_link(claims_sup, {#{}, []}),
    P = spawn_wait(),
    Why = {already_started, P},
    case {release(), supervisor:start_child(Sup, #{id => a, start => {claims, fails, [Why]}})} of
        {R, {error, Why}} -> R >= 26;
        {R, {error, {Why, _Spec}}} -> R =< 26
    end.

c_S13_template_with_automatic_shutdown() ->
    process_flag(trap_exit, true),
    Spec = #{id => a, start => {claims, wstart, []}},
    Flags = #{strategy => simple_one_for_one, auto_shutdown => any_significant},
    case {release(), supervisor:start_link(claims_sup, {Flags, [Spec]})} of
        {R, {error, {supervisor_data, {bad_combination, _}}}} -> R >= 26;
        {R, {ok, _}} -> R =< 26
    end.

c_S14_supervisor_has_a_name() ->
    {ok, P} = supervisor:start_link({local, s14}, claims_sup, {#{}, []}),
    P =:= whereis(s14).

c_S14_taken_name() ->
    process_flag(trap_exit, true),
    {ok, P} = supervisor:start_link({local, s14b}, claims_sup, {#{}, []}),
    {error, {already_started, P}} =:= supervisor:start_link({local, s14b}, claims_sup, {#{}, []}).

c_S64_dynamic_child_ignored_at_restart() ->
    process_flag(trap_exit, true),
    T = ets:new(t, [public]),
    ets:insert(T, {n, 0}),
    Spec = #{id => a, start => {claims, ign, [T]}, restart => permanent},
    Flags = #{strategy => simple_one_for_one, intensity => 5},
    {ok, Sup} = supervisor:start_link(claims_sup, {Flags, [Spec]}),
    {ok, P} = supervisor:start_child(Sup, []),
    exit(P, kill),
    nap(50),
    case {release(), supervisor:which_children(Sup)} of
        {R, []} -> R >= 26;
        {R, [{undefined, undefined, worker, [claims]}]} -> R =< 26
    end.

c_S35_template_temporary_at_first() ->
    process_flag(trap_exit, true),
    Spec = #{id => a, start => {claims, wstart, []}, restart => temporary},
    Table = ets:new(t, [public]),
    ets:insert(Table, {init, {#{strategy => simple_one_for_one}, [Spec]}}),
    {ok, Sup} = supervisor:start_link(claims_sup, {table, Table}),
    ets:insert(Table, {init, {#{strategy => simple_one_for_one}, [Spec#{restart => permanent}]}}),
    ok = sys:suspend(Sup),
    ok = sys:change_code(Sup, claims_sup, undefined, []),
    ok = sys:resume(Sup),
    {ok, P} = supervisor:start_child(Sup, []),
    exit(P, kill),
    {'EXIT', Sup, shutdown} =:= msg(1000).

release() -> list_to_integer(erlang:system_info(otp_release)).

collect() -> receive M -> [M | collect()] after ms(50) -> [] end.

wstart() -> {ok, proc_lib:spawn_link(fun () -> receive stop -> ok end end)}.

fails(Why) -> {error, Why}.

ign(T) ->
    case ets:update_counter(T, n, 1) of
        1 -> wstart();
        _ -> ignore
    end.

%% Applications.

load(Name, How, Keys) -> ok = application:load(claims_app:resource(Name, How, Keys)).

told() -> receive M -> [M | told()] after ms(100) -> [] end.

c_A1_load_twice() ->
    load(a1, ok, []),
    {error, {already_loaded, a1}} = application:load(a1),
    ok = application:unload(a1),
    {error, {not_loaded, a1}} =:= application:unload(a1).

c_A2_not_started() ->
    load(a2_need, ok, []),
    load(a2, ok, [{applications, [kernel, a2_need]}]),
    {error, {not_started, a2_need}} = application:start(a2),
    ok = application:start(a2_need),
    ok = application:start(a2),
    {error, {already_started, a2}} = application:start(a2),
    {error, {"no such file or directory", "a2_none.app"}} =:= application:start(a2_none).

c_A2_optional() ->
    load(a2o, ok, [{applications, [kernel, a2o_none]}, {optional_applications, [a2o_none]}]),
    ok =:= application:start(a2o).

c_A3_failure_stops_started() ->
    load(a3_need, ok, []),
    load(a3, {return, {error, nope}}, [{applications, [a3_need]}]),
    {error, {a3, _}} = application:ensure_all_started(a3),
    not claims_app:is_running(a3_need).

c_A4_failed_starts() ->
    load(a4_error, {return, {error, nope}}, []),
    load(a4_bad, {return, ignore}, []),
    load(a4_crash, crash, []),
    {error, {nope, {claims_app, start, [normal, _]}}} = application:start(a4_error),
    {error, {bad_return, {{claims_app, start, [normal, _]}, ignore}}} = application:start(a4_bad),
    {error, {bad_return, {{claims_app, start, [normal, _]}, {'EXIT', {oops, _}}}}} =
        application:start(a4_crash),
    true.

c_A5_library() ->
    ok = application:load({application, a5, [{vsn, "1"}, {applications, [kernel]}]}),
    ok = application:start(a5),
    claims_app:is_running(a5).

c_A6_stop_order() ->
    load(a6, ok, []),
    ok = application:start(a6),
    ok = application:stop(a6),
    [{a6, start, normal}, {a6, prep_stop, true}, {a6, stop, false}] =:= told().

c_A6_end_by_itself() ->
    load(a6b, ok, []),
    ok = application:start(a6b),
    exit(whereis(a6b), kill),
    [{a6b, start, normal}, {a6b, prep_stop, false}, {a6b, stop, false}] =:= told()
        andalso not claims_app:is_running(a6b).

c_A8_phases() ->
    load(a8, ok, [{start_phases, [{open, [1]}, {greet, []}]}]),
    persistent_term:put(claims_app, {self(), a8}),
    ok = application:start(a8),
    [{a8, start, normal}, {a8, open, normal, [1]}, {a8, greet, normal, []}] =:= told().

c_A9_included() ->
    load(a9_part, ok, []),
    load(a9, ok, [{included_applications, [a9_part]}]),
    ok = application:start(a9),
    not claims_app:is_running(a9_part).

c_A10_parameters() ->
    load(a10, ok, [{env, [{port, 80}]}]),
    ok = application:set_env(a10, port, 81),
    ok = application:start(a10),
    ok = application:stop(a10),
    {ok, 81} = application:get_env(a10, port),
    ok = application:unset_env(a10, port),
    undefined = application:get_env(a10, port),
    ok = application:unload(a10),
    load(a10, ok, [{env, [{port, 80}]}]),
    {ok, 80} =:= application:get_env(a10, port).

c_A20_permanent() -> not goes_on(permanent, normal).

c_A20_transient() -> goes_on(transient, normal) andalso not goes_on(transient, shutdown).

c_A20_temporary() -> goes_on(temporary, kill).

%% Whether another node goes on when its application's top supervisor has ended.
goes_on(Type, Reason) ->
    Script = "logger:remove_handler(default), "
             "ok = application:load(claims_app:resource(z, ok, [])), "
             "ok = application:start(z, ~w), ~s, timer:sleep(2000), "
             "io:put_chars([103,111,101,115]), halt().",
    End = case Reason of
              kill -> "exit(whereis(z), kill)";
              _ -> io_lib:format("proc_lib:stop(z, ~w, 1000)", [Reason])
          end,
    Text = io_lib:format(Script, [Type, End]),
    Command = "ERL_CRASH_DUMP_SECONDS=0 erl -noshell -noinput -pa " ++ filename:dirname(code:which(claims))
              ++ " -eval '" ++ lists:flatten(Text) ++ "' 2>/dev/null",
    string:find(os:cmd(Command), "goes") =/= nomatch.
