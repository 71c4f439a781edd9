%% Handlers of a gen_event whose behaviour is data: runs a scenario of FORMAT.md's section 6 and gives
%% its trace.
-module(oracle_event).
-behaviour(gen_event).
-export([run/1]).
-export([init/1, handle_event/2, handle_call/2, handle_info/2, terminate/2]).

run(Sc) ->
    process_flag(trap_exit, true),
    {ok, Pid} = gen_event:start_link(),
    put(rules, maps:get(<<"rules">>, Sc)),
    Lines = [op(Op, Pid) || Op <- maps:get(<<"steps">>, Sc)],
    Last = case is_process_alive(Pid) of
               true -> [step("stop", "", fun() -> gen_event:stop(Pid, normal, 1000) end, Pid)];
               false -> []
           end,
    Hdr = {obj, [{scenario, maps:get(<<"name">>, Sc)}, {format, 1}]},
    [[oracle_json:encode(L), $\n]
     || L <- [Hdr | [iolist_to_binary(L) || L <- lists:append(Lines ++ Last)]]].

op([Op | Args], Pid) ->
    step(Op, [[" ", A] || A <- Args], fun() -> do(Op, Args, Pid) end, Pid).

do(<<"add">>, [H], Pid) -> gen_event:add_handler(Pid, id(H), args(H));
do(<<"add_sup">>, [O, H], Pid) ->
    A = args(H),
    ask(O, fun() -> gen_event:add_sup_handler(Pid, id(H), A) end);
do(<<"delete">>, [H], Pid) -> gen_event:delete_handler(Pid, id(H), deleted);
do(<<"swap">>, [H, I], Pid) -> gen_event:swap_handler(Pid, {id(H), swapped}, {id(I), args(I)});
do(<<"swap_sup">>, [O, H, I], Pid) ->
    A = args(I),
    ask(O, fun() -> gen_event:swap_sup_handler(Pid, {id(H), swapped}, {id(I), A}) end);
do(<<"call">>, [H, Q], Pid) -> gen_event:call(Pid, id(H), term(Q));
do(<<"notify">>, [E], Pid) -> gen_event:notify(Pid, term(E));
do(<<"sync_notify">>, [E], Pid) -> gen_event:sync_notify(Pid, term(E));
do(<<"info">>, [E], Pid) -> Pid ! term(E), ok;
do(<<"which">>, [], Pid) -> [Id || {?MODULE, Id} <- gen_event:which_handlers(Pid)];
do(<<"end_owner">>, [O, R], _) ->
    case get({owner, O}) of
        undefined -> ok;
        P ->
            M = monitor(process, P),
            P ! {finish, term(R)},
            receive {'DOWN', M, _, _, _} -> ok end,
            erase({owner, O}),
            ok
    end.

%% one operation: its answer, then what the handlers told, then what the owners heard
step(Op, Args, Fun, Pid) ->
    Answer = try Fun() catch exit:{R, _} -> {exit, R} end,
    catch gen_event:which_handlers(Pid),
    timer:sleep(2),
    catch gen_event:which_handlers(Pid),
    [ask(O, fun() -> ok end) || {{owner, O}, _} <- lists:sort(get())],
    {Told, Heard} = drain([], []),
    [[Op, Args, ": ", reason(Answer)] | Told ++ lists:sort(Heard)].

drain(Told, Heard) ->
    receive
        {trace, L} -> drain([L | Told], Heard);
        {heard, L} -> drain(Told, [L | Heard]);
        {'EXIT', _, R} -> drain([["exit ", reason(R)] | Told], Heard)
    after 0 -> {lists:reverse(Told), lists:reverse(Heard)}
    end.

%%% ------------------------------------------------- those who supervise
ask(O, Fun) ->
    P = case get({owner, O}) of
            undefined ->
                Self = self(),
                New = spawn(fun() -> process_flag(trap_exit, true), owner(O, Self) end),
                put({owner, O}, New),
                New;
            Old -> Old
        end,
    Ref = make_ref(),
    P ! {do, Ref, Fun},
    receive {Ref, R} -> R end.

owner(O, Runner) ->
    receive
        {do, Ref, Fun} -> Runner ! {Ref, Fun()}, owner(O, Runner);
        {finish, R} -> exit(R);
        {gen_event_EXIT, {?MODULE, Id}, R} ->
            Runner ! {heard, [O, " heard ", text(Id), " ", reason(R)]},
            owner(O, Runner);
        {'EXIT', _, R} -> Runner ! {heard, [O, " exit ", reason(R)]}, owner(O, Runner)
    end.

%%% --------------------------------------------------------- the handlers
id(H) -> {?MODULE, term(H)}.
args(H) -> {term(H), self(), get(rules)}.

init({Args = {_, _, _}, Left}) -> start(Args, [" after ", reason(Left)]);
init(Args) -> start(Args, "").

start({Id, Runner, Rules}, Text) ->
    S = {Id, Runner, Rules, 0},
    tell(["init", Text], S),
    case rule("init", S) of
        #{<<"do">> := <<"ok">>} -> {ok, S};
        R -> fail(R)
    end.

handle_event(E, S) -> handle(["event ", text(E)], S).
handle_info({'EXIT', _, R}, S) -> handle(["exit ", reason(R)], S);
handle_info(E, S) -> handle(["info ", text(E)], S).

handle(Key, S0) ->
    tell(Key, S0),
    S = count(S0),
    case rule(Key, S0) of
        #{<<"do">> := <<"ok">>} -> {ok, S};
        #{<<"do">> := <<"remove">>} -> remove_handler;
        #{<<"do">> := <<"swap">>, <<"to">> := To} -> {swap_handler, swapped, S, id(To), next(To, S)};
        R -> fail(R)
    end.

handle_call(Q, S0) ->
    Key = ["call ", text(Q)],
    tell(Key, S0),
    S = count(S0),
    case rule(Key, S0) of
        #{<<"do">> := <<"ok">>} -> {ok, fine, S};
        #{<<"do">> := <<"remove">>} -> {remove_handler, bye};
        #{<<"do">> := <<"swap">>, <<"to">> := To} ->
            {swap_handler, swapping, swapped, S, id(To), next(To, S)};
        R -> fail(R)
    end.

terminate(Why, S = {Id, _, _, _}) ->
    tell(["terminate ", reason(Why)], S),
    case rule("terminate", S) of
        #{<<"do">> := <<"ok">>} -> {left, Id};
        R -> fail(R)
    end.

next(To, {_, Runner, Rules, _}) -> {term(To), Runner, Rules}.
count({Id, Runner, Rules, N}) -> {Id, Runner, Rules, N + 1}.

rule(Key, {Id, _, Rules, _}) ->
    maps:get(iolist_to_binary([text(Id), " ", Key]), Rules, #{<<"do">> => <<"ok">>}).

fail(#{<<"do">> := <<"raise">>}) -> error(boom);
fail(#{<<"do">> := <<"exit">>}) -> exit(out);
fail(#{<<"do">> := <<"bad">>}) -> odd.

tell(Line, {Id, Runner, _, N}) ->
    Runner ! {trace, [text(Id), " ", Line, " #", integer_to_list(N)]}.

%%% ----------------------------------------------------------------- text
term(B) -> binary_to_atom(B).
text(T) -> io_lib:format("~w", [T]).

reason({swapped, {?MODULE, Id}, Pid}) ->
    ["{swapped,", text(Id), ",", case Pid of false -> "false"; _ -> "owner" end, "}"];
reason(R) -> oracle_statem:reason(R).
