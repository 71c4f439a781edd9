# Rules of Elixir's PartitionSupervisor, Task, Registry and Agent; named as in ../rules.txt.
defmodule Claims.Patience do
  # Waits for what takes no time on an idle machine; longer each time that a check is tried again.
  def nap(milliseconds), do: Process.sleep(milliseconds * :persistent_term.get(__MODULE__, 1))
  def set(factor), do: :persistent_term.put(__MODULE__, factor)
end

defmodule Claims.Server do
  use GenServer
  def start_link(value), do: GenServer.start_link(__MODULE__, value)
  def init(value), do: {:ok, value}
  def handle_call(:value, _, value), do: {:reply, value, value}
end

defmodule Claims.Kin do
  alias PartitionSupervisor, as: PS

  # Checks trap exits; the names of what they start are never used twice.
  def name, do: :"claims_#{System.unique_integer([:positive])}"

  def pool(options) do
    name = name()
    {:ok, pid} = PS.start_link([name: name] ++ Keyword.put_new(options, :child_spec, {Claims.Server, [:arg]}))
    {name, pid}
  end

  def partition({name, _}, id) do
    {^id, pid, _, _} = List.keyfind(PS.which_children(name), id, 0)
    pid
  end

  def via({name, _}, key), do: GenServer.whereis({:via, PS, {name, key}})

  def registry(keys, options \\ []) do
    name = name()
    {:ok, _} = Registry.start_link([keys: keys, name: name] ++ options)
    name
  end

  def tasks(options \\ []) do
    {:ok, pid} = Task.Supervisor.start_link(options)
    pid
  end

  def caught(deed) do
    try do
      deed.()
    catch
      :exit, {reason, {module, function, _}} -> {reason, module, function}
      kind, value -> {kind, value}
    end
  end

  def mailbox do
    receive do
      message -> [message | mailbox()]
    after
      50 -> []
    end
  end

  # How a process ends that does not trap exits and does that.
  def ending(deed) do
    {pid, mark} = spawn_monitor(deed)

    receive do
      {:DOWN, ^mark, :process, ^pid, reason} -> reason
    after
      3000 -> :alive
    end
  end

  def stream(items, deed, options), do: Enum.to_list(Task.async_stream(items, deed, options))

  def checks do
    [
      PS1: fn ->
        {name, _} = pool(partitions: 3)
        [2, 1, 0] == for {id, _, :worker, [Claims.Server]} <- PS.which_children(name), do: id
      end,
      PS1: fn ->
        {_, pid} = pool = pool(partitions: 2)
        other = partition(pool, 1)
        Process.exit(partition(pool, 0), :kill)
        Claims.Patience.nap(100)
        Process.alive?(pid) and partition(pool, 1) == other
      end,
      PS1: fn ->
        pool = pool(partitions: 2, strategy: :one_for_all)
        other = partition(pool, 1)
        Process.exit(partition(pool, 0), :kill)
        Claims.Patience.nap(100)
        partition(pool, 1) != other
      end,
      PS2: fn ->
        pool = pool(partitions: 3)
        Enum.all?([0, 1, 2, 3, 5, -1, -4], &(via(pool, &1) == partition(pool, rem(abs(&1), 3))))
      end,
      PS2: fn ->
        pool = pool(partitions: 3)
        keys = [:a, "x", 1.0, {1}, [1, 2], %{a: 1}, nil]
        Enum.all?(keys, &(via(pool, &1) == partition(pool, :erlang.phash2(&1, 3))))
      end,
      PS2: fn ->
        spec = Map.put(Claims.Server.child_spec(1), :restart, :temporary)
        pool = pool(partitions: 2, child_spec: spec)
        dead = partition(pool, 1)
        Process.exit(dead, :kill)
        Claims.Patience.nap(100)
        via(pool, 1) == dead
      end,
      PS3: fn ->
        pool = pool(partitions: 2, with_arguments: fn [args], n -> [[n | args]] end)
        [0, :arg] = GenServer.call(via(pool, 0), :value)
        Process.exit(via(pool, 1), :kill)
        Claims.Patience.nap(100)
        [1, :arg] == GenServer.call(via(pool, 1), :value)
      end,
      PS4: fn ->
        {name, _} = pool(partitions: 3)
        3 = PS.partitions(name)
        PS.count_children(name) == %{active: 3, specs: 3, supervisors: 0, workers: 3}
      end,
      PS4: fn -> {:noproc, PS, :partitions} == caught(fn -> PS.partitions(name()) end) end,
      TS1: fn -> 7 == Task.await(Task.async(fn -> 7 end)) end,
      TS1: fn ->
        {:boom, Task, :await} = caught(fn -> Task.await(Task.async(fn -> exit(:boom) end)) end)
        {:normal, Task, :await} == caught(fn -> Task.await(Task.async(fn -> exit(:normal) end)) end)
      end,
      TS1: fn ->
        :boom ==
          ending(fn ->
            Task.async(fn -> exit(:boom) end)
            Process.sleep(500)
          end)
      end,
      TS1: fn ->
        tasks = tasks()

        :boom =
          ending(fn ->
            Task.Supervisor.async(tasks, fn -> exit(:boom) end)
            Process.sleep(2000)
          end)

        Process.alive?(tasks)
      end,
      TS1: fn ->
        tasks = tasks()

        lives = fn reason ->
          ending(fn ->
            Task.Supervisor.async(tasks, fn -> Process.sleep(2000) end)
            exit(reason)
          end)

          Claims.Patience.nap(100)
          length(Task.Supervisor.children(tasks))
        end

        {0, 1} == {lives.(:oops), lives.(:normal)}
      end,
      TS2: fn ->
        {:exit, :boom} == Task.yield(Task.Supervisor.async_nolink(tasks(), fn -> exit(:boom) end))
      end,
      TS3: fn ->
        task = Task.async(fn -> Process.sleep(400) end)
        {:timeout, Task, :await} = caught(fn -> Task.await(task, 10) end)
        true = Process.alive?(task.pid)
        Process.sleep(500)
        not Enum.any?(mailbox(), &match?({ref, _} when ref == task.ref, &1))
      end,
      TS3: fn ->
        task = Task.async(fn -> Process.sleep(300) && 7 end)
        nil = Task.yield(task, 10)
        {:ok, 7} == Task.yield(task, 3000)
      end,
      TS3: fn ->
        shutdown = fn deed, how ->
          task = Task.async(deed)
          Claims.Patience.nap(100)
          Task.shutdown(task, how)
        end

        slow = fn -> Process.sleep(1000) end

        deaf = fn ->
          Process.flag(:trap_exit, true)
          Process.sleep(1000)
        end

        polite = fn ->
          Process.flag(:trap_exit, true)
          receive(do: (_ -> 7))
        end

        nil = shutdown.(slow, 5000)
        nil = shutdown.(slow, :brutal_kill)
        {:exit, :killed} = shutdown.(deaf, 20)
        {:ok, 7} = shutdown.(polite, 5000)
        {:ok, 5} = shutdown.(fn -> 5 end, 5000)
        {:exit, :boom} = shutdown.(fn -> exit(:boom) end, 5000)
        {:exit, :normal} == shutdown.(fn -> exit(:normal) end, 5000)
      end,
      TS3: fn ->
        task = Task.async(fn -> 5 end)
        Task.await(task)
        {:exit, :noproc} == Task.shutdown(task)
      end,
      TS3: fn ->
        task = Task.async(fn -> Process.sleep(300) end)
        nil = Task.ignore(task)
        mailbox()
        early = Task.async(fn -> 5 end)
        Claims.Patience.nap(100)
        {:ok, 5} == Task.ignore(early)
      end,
      TS3: fn ->
        later = fn value -> Task.async(fn -> Process.sleep(300) && value end) end
        boom = fn -> Task.async(fn -> exit(:boom) end) end
        [1, 2] = Task.await_many([later.(1), later.(2)])
        {:boom, Task, :await_many} = caught(fn -> Task.await_many([later.(1), boom.()]) end)
        {:timeout, Task, :await_many} = caught(fn -> Task.await_many([later.(1)], 5) end)
        tasks = [later.(1), boom.()]
        [nil, {:exit, :boom}] = for {_, outcome} <- Task.yield_many(tasks, 100), do: outcome
        [{:ok, 1}, nil] == for({_, outcome} <- Task.yield_many(tasks, 3000), do: outcome)
      end,
      TS3: fn ->
        task = Task.async(fn -> Process.sleep(1000) end)
        {%ArgumentError{}, _} = ending(fn -> Task.await(task) end)
        true
      end,
      TS4: fn ->
        tasks = tasks(max_children: 1)
        {:ok, pid} = Task.Supervisor.start_child(tasks, fn -> Process.sleep(2000) end)
        {:error, :max_children} = Task.Supervisor.start_child(tasks, fn -> 1 end)
        {:error, _} = caught(fn -> Task.Supervisor.async(tasks, fn -> 1 end) end)
        Process.exit(pid, :boom)
        Claims.Patience.nap(100)
        [] == Task.Supervisor.children(tasks)
      end,
      TS4: fn ->
        {:ok, count} = Agent.start_link(fn -> 0 end)

        deed = fn ->
          if Agent.get_and_update(count, &{&1, &1 + 1}) < 2, do: exit(:boom)
        end

        {:ok, _} = Task.Supervisor.start_child(tasks(), deed, restart: :transient)
        Process.sleep(300)
        3 == Agent.get(count, & &1)
      end,
      TS4: fn -> :temporary == Task.child_spec(fn -> 1 end).restart end,
      TS5: fn ->
        items = [{1, 500}, {2, 50}, {3, 50}]

        deed = fn {n, time} ->
          Process.sleep(time)
          n
        end

        [ok: 1, ok: 2, ok: 3] = stream(items, deed, max_concurrency: 2)
        [ok: 2, ok: 3, ok: 1] == stream(items, deed, max_concurrency: 2, ordered: false)
      end,
      TS5: fn ->
        deed = fn n -> if n == 2, do: exit(:boom), else: n end
        [ok: 1, exit: :boom, ok: 3] = stream([1, 2, 3], deed, [])
        :boom == ending(fn -> stream([1, 2, 3], deed, []) end)
      end,
      TS5: fn ->
        {:timeout, Task.Supervised, :stream} ==
          caught(fn -> stream([1, 900], &Process.sleep/1, timeout: 200) end)
      end,
      TS5: fn ->
        [ok: :ok, exit: :timeout, ok: :ok] ==
          stream([1, 900, 1], &Process.sleep/1, timeout: 200, on_timeout: :kill_task)
      end,
      RG1: fn ->
        name = registry(:unique)
        {:ok, _} = Registry.register(name, :k, 1)
        {:error, {:already_registered, self()}} == Registry.register(name, :k, 2)
      end,
      RG1: fn ->
        name = registry(:duplicate)
        {:ok, _} = Registry.register(name, :k, 1)
        {:ok, _} = Registry.register(name, :k, 2)
        [{self(), 1}, {self(), 2}] == Registry.lookup(name, :k)
      end,
      RG2: fn ->
        name = registry(:unique)
        {:ok, agent} = Agent.start(fn -> 0 end, name: {:via, Registry, {name, :k}})
        Process.exit(agent, :kill)
        :undefined = Registry.whereis_name({name, :k})
        {:ok, _} = Registry.register(name, :k, 1)
        Claims.Patience.nap(100)
        1 == Registry.count(name)
      end,
      RG3: fn ->
        via = {:via, Registry, {registry(:unique), :k}}
        {:ok, agent} = Agent.start_link(fn -> 5 end, name: via)
        {:error, {:already_started, ^agent}} = Agent.start_link(fn -> 5 end, name: via)
        5 == Agent.get(via, & &1)
      end,
      RG3: fn ->
        via = {:via, Registry, {registry(:unique), :none}}
        {:noproc, GenServer, :call} == caught(fn -> Agent.get(via, & &1) end)
      end,
      RG3: fn ->
        via = {:via, Registry, {registry(:duplicate), :k}}
        {:error, %ArgumentError{}} = caught(fn -> Agent.start_link(fn -> 5 end, name: via) end)
        true
      end,
      RG4: fn ->
        name = registry(:unique)
        {:ok, _} = Registry.register(name, :k, 1)
        {2, 1} = Registry.update_value(name, :k, &(&1 + 1))
        :error = Registry.update_value(name, :none, & &1)
        :error == Task.await(Task.async(fn -> Registry.update_value(name, :k, & &1) end))
      end,
      RG4: fn ->
        name = registry(:duplicate)
        for value <- [1, 2, 3], do: Registry.register(name, :k, value)
        :ok = Registry.unregister_match(name, :k, 2)
        [1, 3] = Registry.values(name, :k, self())
        [:k, :k] = Registry.keys(name, self())
        :ok = Registry.unregister(name, :k)
        :ok = Registry.unregister(name, :k)
        0 == Registry.count(name)
      end,
      RG4: fn ->
        name = registry(:duplicate)
        {:ok, _} = Registry.register(name, :k, 1)
        me = self()
        Registry.dispatch(name, :none, fn _ -> send(me, :called) end)
        Registry.dispatch(name, :k, fn entries -> send(me, entries) end)
        Enum.filter(mailbox(), &(&1 == :called or is_list(&1))) == [[{self(), 1}]]
      end,
      RG4: fn ->
        name = registry(:unique)
        :error = Registry.meta(name, :m)
        :ok = Registry.put_meta(name, :m, 5)
        {:ok, 5} == Registry.meta(name, :m)
      end,
      RG5: fn ->
        name = registry(:unique)
        [{_, partition, _, _}] = Supervisor.which_children(name)

        :killed ==
          ending(fn ->
            Registry.register(name, :k, 1)
            Process.exit(partition, :kill)
            Process.sleep(500)
          end)
      end,
      RG5: fn ->
        name = registry(:unique)

        {:links, []} ==
          ending(fn ->
            Registry.register(name, :k, 1)
            Registry.unregister(name, :k)
            exit(Process.info(self(), :links))
          end)
      end,
      AG1: fn ->
        {:ok, agent} = Agent.start_link(fn -> 1 end)
        :ok = Agent.update(agent, &(&1 + 1))
        2 = Agent.get_and_update(agent, &{&1, &1 * 10})
        :ok = Agent.cast(agent, &(&1 + 1))
        21 == Agent.get(agent, & &1)
      end,
      AG2: fn ->
        {:error, :boom} = Agent.start_link(fn -> exit(:boom) end)
        {:ok, agent} = Agent.start_link(fn -> 1 end)
        {:boom, GenServer, :call} == caught(fn -> Agent.update(agent, fn _ -> exit(:boom) end) end)
      end,
      AG3: fn ->
        {:ok, agent} = Agent.start_link(fn -> 1 end)
        slow = fn _ -> Process.sleep(300) end
        {:timeout, GenServer, :call} = caught(fn -> Agent.get(agent, slow, 10) end)
        send(agent, :stray)
        1 == Agent.get(agent, & &1)
      end,
      AG4: fn ->
        {:ok, agent} = Agent.start_link(fn -> 1 end)
        :ok = Agent.stop(agent, :shutdown)
        {:noproc, GenServer, :stop} = caught(fn -> Agent.stop(agent) end)
        {:ok, agent} = Agent.start_link(fn -> 1 end)
        Agent.cast(agent, fn _ -> Process.sleep(300) end)
        {:timeout, GenServer, :stop} == caught(fn -> Agent.stop(agent, :normal, 10) end)
      end
    ]
  end
end
