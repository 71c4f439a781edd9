%% A gen_statem whose behaviour is data: runs a scenario of FORMAT.md's section 6 and gives its trace.
-module(oracle_statem).
-behaviour(gen_statem).
-export([run/1, reason/1]).
-export([init/1, callback_mode/0, handle_event/4, terminate/3]).

%% one unit of the scenario's time, and the units from one step to the next
-define(UNIT, 10).
-define(SLOT, 20).

run(Sc) ->
    process_flag(trap_exit, true),
    Start = gen_statem:start_link(?MODULE, {Sc, self()}, []),
    T0 = erlang:monotonic_time(millisecond),
    Lines = case Start of
                {ok, Pid} ->
                    catch sys:get_state(Pid),
                    timer:sleep(2),
                    steps(maps:get(<<"steps">>, Sc), Pid, T0, 1, [], Sc);
                Failed ->
                    timer:sleep(5),
                    Why = case Failed of {error, R} -> R; ignore -> ignore end,
                    ["init", ["start ", reason(Why)]]
            end,
    Hdr = {obj, [{scenario, maps:get(<<"name">>, Sc)}, {format, 1}]},
    [[oracle_json:encode(L), $\n] || L <- [Hdr | [iolist_to_binary(L) || L <- Lines]]].

steps([], Pid, _, _, Calls, Sc) ->
    catch gen_statem:stop(Pid, term(maps:get(<<"end">>, Sc)), 2000),
    drain(Calls, []);
steps([Step | Rest], Pid, T0, N, Calls, Sc) ->
    Before = drain(Calls, []),
    case is_process_alive(Pid) of
        false -> Before;
        true ->
            ok = sys:suspend(Pid),
            New = lists:append([send(M, Pid) || M <- Step]),
            ok = sys:resume(Pid),
            wait(T0 + N * ?SLOT * ?UNIT),
            Lines = drain(New ++ Calls, []),
            Before ++ [["step ", integer_to_list(N)] | Lines]
                ++ steps(Rest, Pid, T0, N + 1, New ++ Calls, Sc)
    end.

send([<<"cast">>, E], Pid) -> gen_statem:cast(Pid, term(E)), [];
send([<<"info">>, E], Pid) -> Pid ! term(E), [];
send([<<"call">>, E], Pid) -> [{gen_statem:send_request(Pid, term(E)), E}].

wait(T) ->
    case T - erlang:monotonic_time(millisecond) of
        Left when Left > 0 -> timer:sleep(Left);
        _ -> ok
    end.

%% what the machine has told, and its answers, in their order
drain(Calls, Acc) ->
    receive
        {trace, Line} -> drain(Calls, [Line | Acc]);
        {'EXIT', _, R} -> drain(Calls, [["exit ", reason(R)] | Acc]);
        Msg -> drain(Calls, answers(Msg, Calls) ++ Acc)
    after 0 -> lists:reverse(Acc)
    end.

%% a call has one answer: another one reaches no caller of gen_statem:call
answers(Msg, Calls) ->
    lists:append([case gen_statem:check_response(Msg, Id) of
                      {reply, R} ->
                          case put({answered, Id}, true) of
                              undefined -> [["reply ", E, " ", text(R)]];
                              true -> []
                          end;
                      _ -> []
                  end || {Id, E} <- Calls]).

%%% ---------------------------------------------------------- the machine
callback_mode() ->
    case get(enter) of
        true -> [handle_event_function, state_enter];
        false -> handle_event_function
    end.

init({Sc, Owner}) ->
    put(enter, maps:get(<<"enter">>, Sc)),
    Data = #{owner => Owner, rules => maps:get(<<"rules">>, Sc), count => 0},
    tell("init", Data),
    result(maps:get(<<"init">>, Sc, #{}), none, Data).

handle_event(Type, Content, State, Data = #{rules := Rules, count := N}) ->
    Key = iolist_to_binary([text(State), " ", event(Type, Content)]),
    tell([Key, " #", integer_to_list(N)], Data),
    From = case Type of {call, F} -> F; _ -> none end,
    Default = case From of
                  none -> #{};
                  _ -> #{<<"actions">> => [[<<"reply">>]]}
              end,
    result(maps:get(Key, Rules, Default), From, Data#{count := N + 1}).

terminate(Reason, State, Data = #{count := N}) ->
    tell(["terminate ", reason(Reason), " in ", text(State), " #", integer_to_list(N)], Data),
    case maps:get(<<"terminate">>, maps:get(rules, Data), none) of
        none -> ok;
        R -> result(R, none, Data)
    end.

tell(Line, #{owner := Owner}) -> Owner ! {trace, Line}.

event({call, _}, E) -> ["call ", text(E)];
event({timeout, N}, E) -> ["{timeout,", text(N), "} ", text(E)];
event(enter, E) -> ["enter from ", text(E)];
event(Type, E) -> [text(Type), " ", text(E)].

result(R, From, Data) ->
    Acts = lists:append([action(A, From, Data) || A <- maps:get(<<"actions">>, R, [])]),
    Why = term(maps:get(<<"reason">>, R, <<"normal">>)),
    case maps:get(<<"do">>, R, <<"keep">>) of
        <<"ok">> -> {ok, term(maps:get(<<"state">>, R)), Data, Acts};
        <<"ignore">> -> ignore;
        <<"next">> -> {next_state, term(maps:get(<<"state">>, R)), Data, Acts};
        <<"keep">> -> {keep_state, Data, Acts};
        <<"keep_data">> -> {keep_state_and_data, Acts};
        <<"repeat">> -> {repeat_state, Data, Acts};
        <<"repeat_data">> -> {repeat_state_and_data, Acts};
        <<"stop">> -> {stop, Why, Data};
        <<"stop_init">> -> {stop, Why};
        <<"stop_and_reply">> ->
            {stop_and_reply, Why, [{reply, From, gone} || From =/= none], Data};
        <<"raise">> -> error(Why);
        <<"exit">> -> exit(Why);
        <<"bad">> -> {odd, Why}
    end.

action([<<"postpone">>], _, _) -> [postpone];
action([<<"hibernate">>], _, _) -> [hibernate];
action([<<"reply">>], none, _) -> [];
action([<<"reply">>], From, #{count := N}) -> [{reply, From, N}];
action([<<"next_event">>, T, E], _, _) -> [{next_event, term(T), term(E)}];
action([<<"timeout">>, T, Units, E], _, _) -> [{timer(T), Units * ?UNIT, term(E)}];
action([<<"cancel">>, T], _, _) -> [{timer(T), cancel}];
action([<<"update">>, T, E], _, _) -> [{timer(T), update, term(E)}].

timer(<<"event">>) -> timeout;
timer(<<"state">>) -> state_timeout;
timer(Name) -> {timeout, term(Name)}.

%%% ----------------------------------------------------------------- text
term(B) -> binary_to_atom(B).
text(T) -> io_lib:format("~w", [T]).

%% stack traces are STACK, and an error of the behaviour's making is its first word
reason({R, [{M, _, _, _} | _]}) when is_atom(M) -> ["{", reason(R), ",STACK}"];
reason({'EXIT', R}) -> ["{EXIT,", reason(R), "}"];
reason({error, R}) -> ["{error,", reason(R), "}"];
reason({stop, R}) -> ["{stop,", reason(R), "}"];
reason({Tag, _} = T) when is_atom(Tag) ->
    case atom_to_list(Tag) of
        "bad_" ++ _ -> text(Tag);
        _ -> text(T)
    end;
reason(R) -> text(R).
