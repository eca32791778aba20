-- Registers new versions: every body is a JSON Schema of about 1.5 KB that nobody has registered before.
--
-- Arguments: a name for this run, which makes its bodies its own; how many subjects to spread them over; by what a body differs from all others:
-- "title", or "property" for a property of its own beside; "confluent", if in that dialect.

dofile((os.getenv("BENCHMARK_HTTP") or "benchmarks/http") .. "/report.lua")

local words = {"order", "customer", "amount", "currency", "address", "street", "city", "delivery", "payment", "status"}
local run, subjects, count, tail, has_property, is_confluent
local headers = {["Content-Type"] = "application/json"}

function init(args)
  run = args[1]
  subjects = tonumber(args[2])
  has_property = args[3] == "property"
  is_confluent = args[4] == "confluent"
  count = 0
  math.randomseed(20261123 + thread_number)
  local properties = {}
  for i = 1, 12 do
    properties[i] = string.format(
      '"%s%s%d":{"type":"string","description":"The %s %s of the %s","minLength":1,"maxLength":%d}',
      words[math.random(#words)], words[math.random(#words)], i,
      words[math.random(#words)], words[math.random(#words)], words[math.random(#words)], 10 * i)
  end
  tail = table.concat(properties, ",") .. '},"required":[]}'
end

function request()
  count = count + 1
  local name = string.format("%s-%d-%d", run, thread_number, count)
  local added = has_property and '"of-' .. name .. '":{"type":"string"},' or ""
  local schema = '{"$schema":"https://json-schema.org/draft/2020-12/schema","title":"Example ' .. name .. '","type":"object","properties":{' .. added .. tail
  local subject = "benchmark-" .. math.random(subjects)
  if is_confluent then
    local body = '{"schemaType":"JSON","schema":"' .. schema:gsub('"', '\\"') .. '"}'
    return wrk.format("POST", "/subjects/" .. subject .. "/versions", headers, body)
  end
  return wrk.format("POST", "/api/v1/subjects/" .. subject .. "/versions", headers, '{"schema":' .. schema .. "}")
end
