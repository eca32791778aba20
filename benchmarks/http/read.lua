-- Reads paths, each time one at random.
--
-- Argument: a file with one path a line.

dofile((os.getenv("BENCHMARK_HTTP") or "benchmarks/http") .. "/report.lua")

local requests = {}

function init(args)
  for path in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", path)
  end
  math.randomseed(20261123 + thread_number)
end

function request()
  return requests[math.random(#requests)]
end
