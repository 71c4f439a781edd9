# Rules of Elixir's DynamicSupervisor, checked on the installed Elixir; named as in ../rules.txt.
# Those of its relatives are in claims_kin.exs.
Code.require_file("claims_kin.exs", __DIR__)

defmodule Claims.Pool do
  use DynamicSupervisor
  def start_link(options), do: DynamicSupervisor.start_link(__MODULE__, options)
  def init(options), do: DynamicSupervisor.init(options)
end

defmodule Claims.Ignored do
  def start_link, do: :ignore
end

defmodule Claims.Pair do
  use GenServer
  def start_link(a, b), do: GenServer.start_link(__MODULE__, {a, b})
  def init(pair), do: {:ok, pair}
end

defmodule Claims do
  alias DynamicSupervisor, as: DS

  def agent(value \\ 0), do: %{id: :agent, start: {Agent, :start_link, [fn -> value end]}}

  def pool(options \\ []) do
    {:ok, pool} = DS.start_link([strategy: :one_for_one] ++ options)
    pool
  end

  def child(pool, spec \\ agent()) do
    {:ok, pid} = DS.start_child(pool, spec)
    pid
  end

  def killed(pool, pid) do
    Process.exit(pid, :kill)
    Claims.Patience.nap(20)
    for {_, pid, _, _} <- DS.which_children(pool), do: pid
  end

  def checks do
    [
      DS1: fn -> is_pid(child(pool())) end,
      DS1: fn -> match?({:error, _}, DS.start_link(strategy: :one_for_all)) end,
      DS2: fn ->
        pool = pool(max_children: 1)
        pid = child(pool)
        {:error, :max_children} = DS.start_child(pool, agent())
        :ok = DS.terminate_child(pool, pid)
        is_pid(child(pool))
      end,
      DS3: fn ->
        {:ok, pool} = Claims.Pool.start_link(strategy: :one_for_one, extra_arguments: [:first])
        pair = child(pool, %{id: 1, start: {Claims.Pair, :start_link, [:second]}})
        :sys.get_state(pair) == {:first, :second}
      end,
      DS4: fn ->
        pool = pool()
        {first, second} = {child(pool), child(pool)}
        [{:undefined, _, :worker, [Agent]}, {:undefined, _, :worker, [Agent]}] =
          DS.which_children(pool)
        true = first != second
        DS.count_children(pool) == %{active: 2, specs: 2, supervisors: 0, workers: 2}
      end,
      DS5: fn ->
        pool = pool()
        pid = child(pool)
        :ok = DS.terminate_child(pool, pid)
        {:error, :not_found} = DS.terminate_child(pool, pid)
        {:error, :not_found} == DS.terminate_child(pool, self())
      end,
      DS6: fn ->
        state = :sys.get_state(pool())
        {state.max_restarts, state.max_seconds, state.max_children} == {3, 5, :infinity}
      end,
      DS6: fn ->
        pool = pool(max_restarts: 1)
        [pid] = killed(pool, child(pool))
        Process.exit(pid, :kill)
        receive do
          {:EXIT, ^pool, reason} -> reason == :shutdown
        after
          500 -> :alive
        end
      end,
      DS7: fn ->
        pool = pool()
        old = child(pool, agent(7))
        [new] = killed(pool, old)
        new != old and Agent.get(new, & &1) == 7
      end,
      DS7: fn ->
        pool = pool()
        [] == killed(pool, child(pool, Map.put(agent(), :restart, :temporary)))
      end,
      DS7: fn ->
        pool = pool()
        :ignore = DS.start_child(pool, %{id: 1, start: {Claims.Ignored, :start_link, []}})
        {:error, _} = DS.start_child(pool, %{id: 1, start: {Agent, :start_link, [fn -> raise "x" end]}})
        {:error, _} = DS.start_child(pool, %{foo: 1})
        DS.count_children(pool).specs == 0
      end
    ]
  end

  # On a busy machine a check is tried again, with longer waits and with the same.
  def right?(check, factors \\ [1, 1, 3, 1, 10, 1])

  def right?({name, check}, [factor | factors]) do
    Claims.Patience.set(factor)
    Claims.Kin.mailbox()

    result =
      try do
        check.()
      rescue
        error -> error
      catch
        kind, value -> {kind, value}
      end

    cond do
      result == true -> true
      factors != [] -> right?({name, check}, factors)
      true -> IO.puts("FAIL #{name}: #{inspect(result, limit: 8)}") == false
    end
  end
end

Logger.configure(level: :none)
Process.flag(:trap_exit, true)
{right, wrong} = Enum.split_with(Claims.checks() ++ Claims.Kin.checks(), &Claims.right?/1)
IO.puts("Elixir #{System.version()}: #{length(right)} passed, #{length(wrong)} failed")
System.halt(if wrong == [], do: 0, else: 1)
