-- Reads the latest version of a subject, each time one at random.
--
-- Argument: a file with one subject a line.

dofile((os.getenv("BENCHMARK_HTTP") or "benchmarks/http") .. "/report.lua")

local requests = {}

function init(args)
  for subject in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", "/api/v1/subjects/" .. subject .. "/versions/latest")
  end
  math.randomseed(20261123 + thread_number)
end

function request()
  return requests[math.random(#requests)]
end
