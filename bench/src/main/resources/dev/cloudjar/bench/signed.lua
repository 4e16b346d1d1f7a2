-- Sends one signed request over and over. Arguments: a file with its headers, a line each, an empty line, and its body.
local request_text

function init(args)
  local headers, body, inside = {}, {}, true
  for line in io.lines(args[1]) do
    if not inside then
      body[#body + 1] = line
    elseif line == "" then
      inside = false
    else
      local name, value = line:match("([^:]+): (.*)")
      headers[name == "host" and "Host" or name] = value
    end
  end
  request_text = wrk.format("POST", "/", headers, table.concat(body, "\n"))
end

function request()
  return request_text
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
