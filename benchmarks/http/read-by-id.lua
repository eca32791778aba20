-- Reads versions by their id, each time one at random.
--
-- Argument: a file with one id a line.

dofile((os.getenv("BENCHMARK_HTTP") or "benchmarks/http") .. "/report.lua")

local requests = {}

function init(args)
  for id in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", "/api/v1/schemas/" .. id)
  end
  math.randomseed(20261123 + thread_number)
end

function request()
  return requests[math.random(#requests)]
end
