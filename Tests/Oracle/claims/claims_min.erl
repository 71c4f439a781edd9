%% A gen_server without the callbacks that may be left out.
-module(claims_min).
-behaviour(gen_server).
-export([init/1, handle_call/3, handle_cast/2]).
init(_) -> {ok, x}.
handle_call(_, _, S) -> {reply, ok, S}.
handle_cast(_, S) -> {noreply, S}.
