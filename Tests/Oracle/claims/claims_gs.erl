%% A gen_server whose callbacks are funs, given as its state.
-module(claims_gs).

-behaviour(gen_server).

-compile([export_all, nowarn_export_all]).

init([]) -> {ok, x};
init(F) -> F().

handle_call(M, From, F) when is_function(F) ->
    try F(callf, {M, From}) catch error:function_clause -> F(call, M) end;
handle_call(M, _, S) -> {reply, {echo, M}, S}.

handle_cast(M, F) when is_function(F) -> F(cast, M);
handle_cast(_, S) -> {noreply, S}.

handle_info(M, F) when is_function(F) -> F(info, M);
handle_info(_, S) -> {noreply, S}.

handle_continue(M, F) -> F(continue, M).

terminate(R, {t, P}) -> P ! {terminate, R};
terminate(_, {slow, T}) -> timer:sleep(T);
terminate(R, _) ->
    case get(term) of
        undefined -> ok;
        P -> P ! {terminate, R}
    end.

code_change(Old, S, Extra) -> {ok, {changed, S, Old, Extra}}.