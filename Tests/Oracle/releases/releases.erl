%% What systools of the installed Erlang/OTP makes of releases.
%%
%% erl -noshell -s releases main -extra IN.terms OUT.terms
%%
%% IN holds cases {Name, Parts}, OUT one answer {Name, Answer} a case, in the same order. Parts:
%%   {applications, [{application, Name, Keys}]}  the .app files, beside those of base/0
%%   {appups, [{Name, Vsn, {AppupVsn, Up, Down}}]}  the .appup files beside the .app of that version
%%   {releases, [{release, {Name, Vsn}, ...}]}    the .rel files
%%   {script, Vsn}                                make the boot script of that release, or
%%   {relup, Vsn, UpFrom, DownTo}                 make the relup of these
%%   {options, Options}                           further options of systools
%%   {differs, Why}                               what is made here is something else
%% Answers are {ok, Script or Relup, Warnings} or {error, Reason}. The files are only there for
%% systools to read; no code is loaded, and no version of the installed OTP matters.
-module(releases).
-export([main/0]).

main() ->
    [In, Out] = [filename:absname(File) || File <- init:get_plain_arguments()],
    {ok, Cases} = file:consult(In),
    ok = file:set_cwd(filename:dirname(Out)),
    Answers = [{Name, answer(Parts)} || {Name, Parts} <- Cases],
    Lines = [io_lib:format("~0tp.~n", [Answer]) || Answer <- Answers],
    ok = file:write_file(Out, unicode:characters_to_binary(["%% coding: utf-8\n" | Lines])),
    halt(0).

base() ->
    [{application, kernel, [{description, ""}, {vsn, "9.0"}, {modules, [kernel]},
                            {registered, [kernel_sup]}, {applications, []}, {mod, {kernel, []}}]},
     {application, stdlib, [{description, ""}, {vsn, "5.0"}, {modules, [lists]},
                            {registered, []}, {applications, [kernel]}]},
     {application, sasl, [{description, ""}, {vsn, "4.2"}, {modules, [sasl]},
                          {registered, [sasl_sup]}, {applications, [kernel, stdlib]}]}].

answer(Parts) ->
    % Beside the answers, which then do not depend on where that is.
    Folder = "releases.files",
    Applications = base() ++ proplists:get_value(applications, Parts, []),
    [write(ebin(Folder, A), name(A), ".app", A) || A <- Applications],
    [write(ebin(Folder, N, V), N, ".appup", T)
     || {N, V, T} <- proplists:get_value(appups, Parts, [])],
    [write(Folder, "r" ++ V, ".rel", R)
     || {release, {_, V}, _, _} = R <- proplists:get_value(releases, Parts, [])],
    Options = [silent, {path, filelib:wildcard(filename:join(Folder, "*/ebin"))}
               | proplists:get_value(options, Parts, [])],
    Wanted = lists:last([P || P <- Parts, lists:member(element(1, P), [script, relup])]),
    Answer = within(5000, fun() -> make(Wanted, Folder, Options) end),
    ok = file:del_dir_r(Folder),
    Answer.

%% What Fun gives; systools crashes at some files and never ends at others.
within(Milliseconds, Fun) ->
    {Pid, Monitor} = spawn_monitor(fun() -> exit({answer, Fun()}) end),
    receive
        {'DOWN', Monitor, process, Pid, {answer, Answer}} -> Answer;
        {'DOWN', Monitor, process, Pid, _} -> {error, crash}
    after Milliseconds ->
        exit(Pid, kill),
        {error, hang}
    end.

make({script, Vsn}, Folder, Options) ->
    File = file(Folder, Vsn),
    case systools:make_script(File, [{outdir, Folder}, no_dot_erlang | Options]) of
        {ok, _, Warnings} ->
            {ok, [{script, Identity, Steps}]} = file:consult(File ++ ".script"),
            {ok, {script, Identity, lists:keydelete(preLoaded, 1, Steps)}, Warnings};
        {error, _, Reason} -> {error, Reason}
    end;
make({relup, Vsn, Up, Down}, Folder, Options) ->
    Files = fun(Vsns) -> [named(Folder, V) || V <- Vsns] end,
    case systools:make_relup(file(Folder, Vsn), Files(Up), Files(Down), [noexec | Options]) of
        {ok, Relup, _, Warnings} -> {ok, Relup, Warnings};
        {error, _, Reason} -> {error, Reason}
    end.

file(Folder, Vsn) -> filename:join(Folder, "r" ++ Vsn).

named(Folder, {Vsn, Description}) -> {file(Folder, Vsn), Description};
named(Folder, Vsn) -> file(Folder, Vsn).

name({application, Name, _}) -> Name.

ebin(Folder, {application, Name, Keys}) ->
    ebin(Folder, Name, proplists:get_value(vsn, Keys, "none")).

ebin(Folder, Name, Vsn) ->
    filename:join([Folder, lists:concat([Name, "-", Vsn]), "ebin"]).

write(Folder, Name, Ending, Term) ->
    File = filename:join(Folder, lists:concat([Name, Ending])),
    ok = filelib:ensure_dir(File),
    ok = file:write_file(File, unicode:characters_to_binary(io_lib:format("~tp.~n", [Term]))).
