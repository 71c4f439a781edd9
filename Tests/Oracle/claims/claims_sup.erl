%% Supervises what it is given, or what a table holds at each call of init.
-module(claims_sup).
-behaviour(supervisor).
-export([init/1]).

init({table, T}) -> {ok, ets:lookup_element(T, init, 2)};
init(X) -> {ok, X}.
