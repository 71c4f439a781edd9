%% An application that tells its owner what is called, and fails as told.
-module(claims_app).

-behaviour(application).

-behaviour(supervisor).

-export([start/2, start_phase/3, prep_stop/1, stop/1, init/1, resource/3, is_running/1]).

%% The description of an application whose callbacks tell this process.
resource(Name, How, Keys) ->
    Usual = [{vsn, "1"}, {modules, []}, {registered, []}, {applications, [kernel, stdlib]},
             {mod, {claims_app, {self(), Name, How}}}],
    {application, Name, Keys ++ [K || {Key, _} = K <- Usual, not lists:keymember(Key, 1, Keys)]}.

is_running(Name) -> lists:keymember(Name, 1, application:which_applications()).

start(_, {_, _, crash}) -> error(oops);
start(_, {_, _, {return, Value}}) -> Value;
start(Type, {Owner, Name, _}) ->
    Owner ! {Name, start, Type},
    {ok, Top} = supervisor:start_link({local, Name}, claims_app, []),
    {ok, Top, {Owner, Name}}.

start_phase(Phase, Type, Arguments) ->
    {Owner, Name} = persistent_term:get(claims_app),
    Owner ! {Name, Phase, Type, Arguments},
    ok.

prep_stop({Owner, Name} = State) ->
    Owner ! {Name, prep_stop, whereis(Name) =/= undefined},
    State.

stop({Owner, Name}) -> Owner ! {Name, stop, whereis(Name) =/= undefined}.

init([]) -> {ok, {#{intensity => 0}, []}}.
