output "arn" {
  description = "ARN of the queue."
  value       = aws_sqs_queue.this.arn
}

output "url" {
  description = "URL of the queue."
  value       = aws_sqs_queue.this.url
}

output "name" {
  description = "Name of the queue."
  value       = aws_sqs_queue.this.name
}

output "dead_letter_url" {
  description = "URL of the dead-letter queue."
  value       = aws_sqs_queue.dead_letter.url
}

output "dead_letter_name" {
  description = "Name of the dead-letter queue."
  value       = aws_sqs_queue.dead_letter.name
}

output "consumer" {
  description = "The argument `queue` of the consuming function's module."
  value = {
    arn             = aws_sqs_queue.this.arn
    dead_letter_arn = aws_sqs_queue.dead_letter.arn
    dead_letter_url = aws_sqs_queue.dead_letter.url
    allowed_senders = distinct([for producer in var.producers : producer.sender_id])
  }
}
