%% Tells a process of each progress report: its level and the child's id.
-module(claims_log).
-export([log/2]).

log(#{level := Level, msg := {report, #{label := {supervisor, progress}, report := Report}}},
    #{config := #{pid := Pid}}) ->
    Id = proplists:get_value(id, proplists:get_value(started, Report)),
    Pid ! {progress, Level, Id};
log(_, _) -> ok.
