-- SQS over JSON: `wrk -s sqs.lua URL -- send QUEUE_URL` or `... -- consume QUEUE_URL`. Consuming receives a message and
-- deletes it, a request each.
local action, queue
local handles = {}
local send, receive

local function headers(operation)
  return {
    ["Content-Type"] = "application/x-amz-json-1.0",
    ["X-Amz-Target"] = "AmazonSQS." .. operation,
    ["X-Amz-Date"] = "20260101T000000Z",
    ["Authorization"] = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request, "
      .. "SignedHeaders=content-type;host;x-amz-date;x-amz-target, "
      .. "Signature=e93de59f084bc6049a1635731ec47af151a17b5db68c1c43bf743a17742290c3",
  }
end

function init(args)
  action, queue = args[1], args[2]
  local url = '{"QueueUrl":"' .. queue .. '"'
  send = wrk.format("POST", "/", headers("SendMessage"), url .. ',"MessageBody":"' .. string.rep("x", 100) .. '"}')
  receive = wrk.format("POST", "/", headers("ReceiveMessage"), url .. "}")
  if action == "send" then
    response = nil
  end
end

function request()
  if action == "send" then
    return send
  end
  local handle = table.remove(handles)
  if handle then
    local body = '{"QueueUrl":"' .. queue .. '","ReceiptHandle":"' .. handle .. '"}'
    return wrk.format("POST", "/", headers("DeleteMessage"), body)
  end
  return receive
end

function response(status, _, body)
  local handle = body:match('"ReceiptHandle":"([^"]+)"')
  if handle then
    table.insert(handles, handle)
  end
end
