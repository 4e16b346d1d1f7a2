-- Asks for one object operation over and over, of keys chosen by chance. Arguments: operation, number of keys, size
-- of an object, number of threads.
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

local headers = {
  ["X-Amz-Date"] = "20260101T000000Z",
  ["x-amz-content-sha256"] = "UNSIGNED-PAYLOAD",
  ["Authorization"] = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, "
    .. "SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=" .. string.rep("0", 64),
}
local operation, keys, body
local filled = 0

local requests = {
  GetObject = function()
    return wrk.format("GET", "/bench/k" .. math.random(1, keys), headers)
  end,
  PutObject = function()
    return wrk.format("PUT", "/bench/k" .. math.random(1, keys), headers, body)
  end,
  -- Puts keys that were not there before, each thread its own.
  Fill = function()
    filled = filled + 1
    return wrk.format("PUT", "/bench/k" .. number .. "-" .. filled, headers, body)
  end,
  ListObjectsV2 = function()
    return wrk.format("GET", "/bench?list-type=2&start-after=k0-" .. math.random(1, keys), headers)
  end,
}

function init(args)
  operation, keys = args[1], tonumber(args[2])
  headers["Host"] = wrk.host .. ":" .. wrk.port
  math.randomseed(number * 7919 + 1)
  body = string.rep("0123456789abcdef", tonumber(args[3]) / 16)
end

function request()
  return requests[operation]()
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
