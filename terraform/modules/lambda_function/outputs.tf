output "name" {
  description = "Name of the function."
  value       = aws_lambda_function.this.function_name
}

output "arn" {
  description = "ARN of the function."
  value       = aws_lambda_function.this.arn
}

output "invoke_arn" {
  description = "ARN that API Gateway invokes the function with."
  value       = aws_lambda_function.this.invoke_arn
}

output "role" {
  description = "The function's role: ARN, and the unique ID that SQS reports in SenderId."
  value = {
    arn       = aws_iam_role.this.arn
    unique_id = aws_iam_role.this.unique_id
  }
}

output "role_arn" {
  description = "ARN of the function's role."
  value       = aws_iam_role.this.arn
}
