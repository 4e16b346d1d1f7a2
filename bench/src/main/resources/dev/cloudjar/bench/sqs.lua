-- Asks SQS for one operation over and over. Arguments: operation, number of queues, prefix of queue URLs, file of
-- receipt handles ("queue handle" a line), number of threads.
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

local function post(operation, body)
  return wrk.format("POST", "/", {
    ["Host"] = wrk.host .. ":" .. wrk.port,
    ["Content-Type"] = "application/x-amz-json-1.0",
    ["X-Amz-Target"] = "AmazonSQS." .. operation,
    ["X-Amz-Date"] = "20260101T000000Z",
    ["Authorization"] = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request, "
      .. "SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=" .. string.rep("0", 64),
  }, body)
end

local requests = {}
local next = 0

function init(args)
  local operation, queues, prefix = args[1], tonumber(args[2]), args[3]
  if operation == "DeleteMessage" then
    local total, line = tonumber(args[5]), 0
    for text in io.lines(args[4]) do
      if line % total == number then
        local queue, handle = text:match("(%S+) (%S+)")
        requests[#requests + 1] =
          post(operation, '{"QueueUrl":"' .. prefix .. queue .. '","ReceiptHandle":"' .. handle .. '"}')
      end
      line = line + 1
    end
    return
  end
  for queue = 1, queues do
    local url = '{"QueueUrl":"' .. prefix .. queue .. '"'
    local rest = operation == "SendMessage" and ',"MessageBody":"' .. string.rep("x", 100) .. '"}'
      or ',"VisibilityTimeout":43200}'
    requests[queue] = post(operation, url .. rest)
  end
  next = number * 7
end

function request()
  next = next + 1
  return requests[(next - 1) % #requests + 1]
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
